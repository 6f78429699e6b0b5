// Before any schema is made: each would try whether it may compile itself from a string, which the page's policy
// refuses, and every refusal is reported as if somebody had got a script in. It is zod's own name for what its `config`
// sets; to import that would put 5 KB into what every page loads first.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
