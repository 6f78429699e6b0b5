'use client'

import type { RefObject } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { saveFile } from '#lib/client/save-file.ts'
import { type ChartFigures, csvText } from '#lib/view/chart-figures.ts'
import type { PictureWords } from './chart-picture.ts'

/** What a chart can be saved as. */
export type ChartFile = {
  name: string
  figures: () => ChartFigures
  words: Omit<PictureWords, 'title' | 'summary'>
}

type Props = {
  file: ChartFile
  title: string
  summary: string
  /** The element with the drawing; empty while the table is shown. */
  drawing: RefObject<HTMLElement | null>
}

/** Saves a chart as a picture, or its figures as CSV. */
export function SaveChart({ file, title, summary, drawing }: Props) {
  const savePicture = async () => {
    if (drawing.current === null) return
    // Its code is wanted by few, so it comes when it is.
    const { chartPicture } = await import('./chart-picture.ts')
    saveFile(`${file.name}.png`, await chartPicture(drawing.current, { title, summary, ...file.words }))
  }
  const onPicture = () => {
    savePicture().catch((cause: unknown) => {
      toasts.add({ title: 'The picture could not be made', description: String(cause) })
    })
  }
  const onFigures = () =>
    saveFile(`${file.name}.csv`, new Blob([csvText(file.figures())], { type: 'text/csv;charset=utf-8' }))
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="small">
          Save<span className="visually-hidden"> {title}</span>
        </Button>
      }
      items={[
        { label: 'Picture (PNG)', onSelect: onPicture },
        { label: 'Figures (CSV)', onSelect: onFigures },
      ]}
    />
  )
}
