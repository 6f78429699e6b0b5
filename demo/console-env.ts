type Console = {
  port: number
  gatewayPort: number
  /** Where the demo's traffic is turned up and down. */
  controlUrl: string
  /** From the project's root. */
  database: string
}

/** What the demo's console is started with, beside what it inherits. */
export const consoleEnv = ({ port, gatewayPort, controlUrl, database }: Console) => ({
  PORT: String(port),
  SWITCHYARD_GATEWAY_PORT: String(gatewayPort),
  SWITCHYARD_DEMO_CONTROL: controlUrl,
  SWITCHYARD_DATABASE_URL: `file:./${database}`,
  SWITCHYARD_DATA_DIR: './data/demo',
  // Nobody but the newcomer on this machine reaches it.
  SWITCHYARD_AUTH: 'off',
  // A demo that is stopped waits for no answers, so that its console ends in order before it is killed.
  SWITCHYARD_DRAIN: '0s',
})
