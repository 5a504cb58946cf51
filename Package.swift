// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: unsafe code is marked, and a warning is an error.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// A target names all modules below it, not only those that it imports: SwiftPM builds a target again when a module that it names
// was built again, and a module whose own interface stayed the same isn't. Otherwise a type that got a field, two modules down,
// keeps its old layout here.

/// What the models are made of.
let foundations: [Target.Dependency] = ["CTextKitKernels", "TextKitTensor", "TextKitCorpus"]

/// The library with all that it exports.
let library: [Target.Dependency] = foundations + ["TextKitModels", "TextKitTraining", "TextKit"]

let package = Package(
  name: "textkit",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "TextKit", targets: ["TextKit"]),
    .library(name: "TextKitPretrained", targets: ["TextKitPretrained"]),
    .executable(name: "textkit", targets: ["TextKitCLI"]),
    .executable(name: "textkit-bench", targets: ["TextKitBenchmarks"]),
    .executable(name: "textkit-fuzz", targets: ["TextKitFuzz"]),
  ],
  targets: [
    .target(
      name: "CTextKitKernels", exclude: ["README.md"],
      cSettings: [.treatAllWarnings(as: .error)]),
    .target(name: "TextKitTensor", dependencies: ["CTextKitKernels"], swiftSettings: strict),
    .target(name: "TextKitCorpus", swiftSettings: strict),
    .target(name: "TextKitModels", dependencies: foundations, swiftSettings: strict),
    .target(name: "TextKitTraining", dependencies: foundations + ["TextKitModels"], swiftSettings: strict),
    .target(
      name: "TextKit", dependencies: foundations + ["TextKitModels", "TextKitTraining"], swiftSettings: strict),
    .target(
      name: "TextKitPretrained", dependencies: library, path: "pretrained",
      exclude: ["README.md", "segmenter-zh.json"], resources: [.copy("models"), .copy("tables")],
      swiftSettings: strict),
    .target(
      name: "TextKitCommandLine", dependencies: foundations + ["TextKitModels", "TextKitTraining"],
      swiftSettings: strict),
    .executableTarget(
      name: "TextKitCLI", dependencies: library + ["TextKitPretrained", "TextKitCommandLine"],
      swiftSettings: strict),
    .executableTarget(
      name: "TextKitBenchmarks", dependencies: library + ["TextKitPretrained"], swiftSettings: strict),
    .executableTarget(
      name: "TextKitFuzz", dependencies: library + ["TextKitPretrained"], swiftSettings: strict),
    .target(
      name: "TextKitTestSupport", dependencies: ["CTextKitKernels", "TextKitTensor"],
      path: "Tests/TextKitTestSupport", swiftSettings: strict),
    .testTarget(
      name: "CTextKitKernelsTests", dependencies: ["CTextKitKernels"], swiftSettings: strict),
    .testTarget(
      name: "TextKitTensorTests", dependencies: ["CTextKitKernels", "TextKitTensor", "TextKitTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TextKitCorpusTests", dependencies: foundations + ["TextKitTestSupport"], swiftSettings: strict),
    .testTarget(name: "TextKitModelsTests", dependencies: foundations + ["TextKitModels"], swiftSettings: strict),
    .testTarget(
      name: "TextKitTrainingTests",
      dependencies: foundations + ["TextKitModels", "TextKitTraining", "TextKitTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TextKitTests", dependencies: library + ["TextKitPretrained", "TextKitTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TextKitFuzzTests", dependencies: library + ["TextKitPretrained", "TextKitFuzz", "TextKitTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TextKitCLITests",
      dependencies: library + ["TextKitPretrained", "TextKitCommandLine", "TextKitCLI", "TextKitTestSupport"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)
