'use client'

import dynamic from 'next/dynamic'
import { type RefObject, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { saveFile } from '#lib/client/save-file.ts'
import { type ChartFigures, csvText } from '#lib/view/chart-figures.ts'
import type { PictureWords } from './chart-picture.ts'

// Large, and on pages that must be there at once: it comes when it is wanted.
const Menu = dynamic(() => import('#components/ui/menu.tsx').then(({ Menu }) => Menu), { ssr: false })

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
  const [isWanted, setIsWanted] = useState(false)
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
  const words = (
    <>
      Save<span className="visually-hidden"> {title}</span>
    </>
  )
  if (!isWanted) {
    return (
      <Button variant="quiet" size="small" aria-haspopup="menu" onClick={() => setIsWanted(true)}>
        {words}
      </Button>
    )
  }
  return (
    <Menu
      defaultOpen
      trigger={
        <Button variant="quiet" size="small">
          {words}
        </Button>
      }
      items={[
        { label: 'Picture (PNG)', onSelect: onPicture },
        { label: 'Figures (CSV)', onSelect: onFigures },
      ]}
    />
  )
}
