import { JSON_TYPE, templateForm } from './form.ts'

/**
 * An Adaptive Card in the message that a Teams workflow "when a webhook request is received" posts to its channel.
 * Version 1.4: Teams draws no later one everywhere. Text in cards is Markdown.
 */
export const teamsForm = templateForm(
  `{
  "type": "message",
  "attachments": [
    {
      "contentType": "application/vnd.microsoft.card.adaptive",
      "contentUrl": null,
      "content": {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": { "width": "Full" },
        "fallbackText": "{{title}}",
        "body": [
          { "type": "TextBlock", "size": "Large", "weight": "Bolder", "wrap": true, "text": "{{title | markdown}}" },
          { "type": "TextBlock", "wrap": true, "text": "{{text | markdown}}" },
          {
            "type": "FactSet",
            "facts": [
              { "title": "Notice", "value": "{{notice | markdown}}" },
              { "title": "Severity", "value": "{{severity}}" }{{#incident.since}},
              { "title": "Since", "value": "{{incident.since | markdown}}" }{{/incident.since}}{{#incident.until}},
              { "title": "Until", "value": "{{incident.until | markdown}}" }{{/incident.until}}{{#incident.by}},
              { "title": "Acknowledged by", "value": "{{incident.by | markdown}}" }{{/incident.by}}
            ]
          }{{#alerts}},
          { "type": "TextBlock", "wrap": true, "isSubtle": true, "text": "{{alerts | markdown}}" }{{/alerts}}
        ]{{#link}},
        "actions": [{ "type": "Action.OpenUrl", "title": "Open in Switchyard", "url": "{{link}}" }]{{/link}}
      }
    }
  ]
}`,
  'json',
  JSON_TYPE,
)
