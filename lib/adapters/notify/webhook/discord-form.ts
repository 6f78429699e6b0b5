import { JSON_TYPE, templateForm } from './form.ts'

/** An embed of a Discord webhook, in the severity's colour. Whatever a name says, nobody is mentioned by it. */
export const discordForm = templateForm(
  `{
  "username": "Switchyard",
  "allowed_mentions": { "parse": [] },
  "embeds": [
    {
      "title": "{{title | markdown}}",
      "description": "{{text | markdown}}",{{#link}}
      "url": "{{link}}",{{/link}}
      "color": {{colour.number}},
      "timestamp": "{{at}}",
      "fields": [
        { "name": "Severity", "value": "{{severity}}", "inline": true },
        { "name": "Notice", "value": "{{notice | markdown}}", "inline": true }{{#incident.id}},
        { "name": "Incident", "value": "{{incident.id | markdown}}", "inline": true }{{/incident.id}}
      ]
    }
  ]
}`,
  'json',
  JSON_TYPE,
)
