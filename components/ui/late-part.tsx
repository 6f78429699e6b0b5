'use client'

import { Component, type ReactNode } from 'react'

type Props = {
  /** What stands in its place when it cannot be had; nothing by default. */
  fallback?: ReactNode
  children: ReactNode
}

/** Keeps the page standing when a part whose code comes late cannot be loaded: the server may be away just then. */
export class LatePart extends Component<Props, { isMissing: boolean }> {
  override state = { isMissing: false }

  static getDerivedStateFromError() {
    return { isMissing: true }
  }

  override render() {
    return this.state.isMissing ? (this.props.fallback ?? null) : this.props.children
  }
}
