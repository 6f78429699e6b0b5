import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.SWITCHYARD_DATABASE_URL ?? 'file:./data/switchyard.db' },
})
