'use client'

import { useController, useFormContext } from 'react-hook-form'
import { ControlledArea } from '#components/settings/controlled-area.tsx'
import formStyles from '#components/settings/form-section.module.css'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { templateTrouble } from '#lib/domain/alerts/check-template.ts'
import { TEMPLATE_NAMES } from '#lib/domain/alerts/template-values.ts'
import type { ChannelForm } from '#lib/view/channel-form.ts'
import styles from './template-fields.module.css'

const EXAMPLE = '{ "text": "{{severity}}: {{title}}"{{#link}}, "url": "{{link}}"{{/link}} }'

/** A body of one's own: judged while it is written, with the names that it may use. */
export function TemplateFields() {
  const { control } = useFormContext<ChannelForm>()
  const template = useController({ control, name: 'settings.template' }).field.value
  const contentType = useController({ control, name: 'settings.contentType' }).field
  const format = contentType.value === 'application/json' ? 'json' : 'text'
  const trouble = template.trim() === '' ? null : templateTrouble(template, format)
  return (
    <>
      <ChoiceGroup
        label="Sent as"
        value={contentType.value}
        onValueChange={contentType.onChange}
        choices={[
          { value: 'application/json', label: 'JSON' },
          { value: 'text/plain', label: 'Text' },
        ]}
      />
      <ControlledArea<ChannelForm>
        name="settings.template"
        label="Template"
        hint="{{name}} puts a value in; {{#name}}…{{/name}} is left out where it is missing; {{name | markdown}} escapes Markdown"
        placeholder={EXAMPLE}
        rows={8}
        trouble={trouble ?? undefined}
      />
      <p className={formStyles.quiet} role="status">
        {templateStatus(template, trouble)}
      </p>
      <div>
        <p className={formStyles.quiet} id="template-names">
          Names it may use
        </p>
        <ul className={styles.names} aria-labelledby="template-names">
          {TEMPLATE_NAMES.map((name) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

function templateStatus(template: string, trouble: string | null): string {
  if (template.trim() === '') return `Such as ${EXAMPLE}`
  return trouble === null ? 'It can be used as it stands.' : 'It cannot be used yet.'
}
