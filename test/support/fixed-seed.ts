import fc from 'fast-check'

// Every run draws the same cases: a failure is found again, and a pass is a pass.
fc.configureGlobal({ seed: 20_260_907 })
