// The library's face: `import TextKit` is all that a user writes.
@_exported import TextKitCorpus
@_exported import TextKitModels
@_exported import TextKitTraining
