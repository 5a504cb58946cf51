// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: unsafe code is marked, and a warning is an error.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

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
    .target(
      name: "TextKitModels", dependencies: ["TextKitTensor", "TextKitCorpus", "CTextKitKernels"],
      swiftSettings: strict),
    .target(
      name: "TextKitTraining", dependencies: ["TextKitModels"], swiftSettings: strict),
    .target(
      name: "TextKit", dependencies: ["TextKitModels", "TextKitTraining"], swiftSettings: strict),
    .target(
      name: "TextKitPretrained", dependencies: ["TextKit"], path: "pretrained",
      exclude: ["README.md", "segmenter-zh.json"], resources: [.copy("models"), .copy("tables")],
      swiftSettings: strict),
    .target(
      name: "TextKitCommandLine", dependencies: ["TextKitModels", "TextKitTraining"],
      swiftSettings: strict),
    .executableTarget(
      name: "TextKitCLI", dependencies: ["TextKit", "TextKitCommandLine", "TextKitPretrained"],
      swiftSettings: strict),
    .executableTarget(
      name: "TextKitBenchmarks", dependencies: ["TextKit", "TextKitPretrained", "CTextKitKernels"],
      swiftSettings: strict),
    .executableTarget(
      name: "TextKitFuzz", dependencies: ["TextKit", "TextKitPretrained"], swiftSettings: strict),
    .target(
      name: "TextKitTestSupport", dependencies: ["TextKitTensor", "TextKitCorpus", "CTextKitKernels"],
      path: "Tests/TextKitTestSupport", swiftSettings: strict),
    .testTarget(
      name: "CTextKitKernelsTests", dependencies: ["CTextKitKernels"], swiftSettings: strict),
    .testTarget(
      name: "TextKitTensorTests", dependencies: ["TextKitTensor", "TextKitTestSupport", "CTextKitKernels"],
      swiftSettings: strict),
    .testTarget(
      name: "TextKitCorpusTests", dependencies: ["TextKitCorpus", "TextKitTestSupport"],
      swiftSettings: strict),
    .testTarget(name: "TextKitModelsTests", dependencies: ["TextKitModels"], swiftSettings: strict),
    .testTarget(
      name: "TextKitTrainingTests", dependencies: ["TextKitTraining", "TextKitTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TextKitTests",
      dependencies: [
        "TextKit", "TextKitCorpus", "TextKitModels", "TextKitTraining", "TextKitPretrained", "TextKitTestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "TextKitFuzzTests", dependencies: ["TextKitFuzz", "TextKitTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TextKitCLITests",
      dependencies: ["TextKitCLI", "TextKitCommandLine", "TextKitModels", "TextKitTraining", "TextKitTestSupport"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)
