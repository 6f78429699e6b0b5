/** Runs before the first paint, so that a chosen theme never flashes in from the other one. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem('switchyard.theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}`
