'use client'

import { CodeLine } from '#components/ui/code-line.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { curlLine, gatewayBaseUrl } from '#lib/view/gateway-lines.ts'
import styles from './gateway-panel.module.css'
import { useRouting } from './use-routing.ts'

/** Where applications send their requests, ready to be copied. */
export function GatewayPanel() {
  const { state } = useRouting()
  if (state === null) return null
  const { gatewayUrl, routes } = state
  if (gatewayUrl === null) {
    return (
      <Notice tone="info" title="The gateway is off">
        <p>
          Start the console with <code>SWITCHYARD_GATEWAY_PORT=8787</code> to let applications send their
          requests through it. Gateways of your own may ask <code>POST /api/routes/NAME/select</code>.
        </p>
      </Notice>
    )
  }
  return (
    <Panel title="Gateway" meta="OpenAI-compatible; Anthropic’s messages too">
      <div className={styles.lines}>
        <CodeLine text={gatewayBaseUrl(gatewayUrl)} what="the gateway’s base URL" />
        <CodeLine text={curlLine(gatewayUrl, routes)} what="a request as a curl line" />
      </div>
    </Panel>
  )
}
