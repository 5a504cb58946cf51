// swift-tools-version: 6.2
import PackageDescription

/// A package that uses textkit as any other package does: what it can't write, a user can't.
let package = Package(
  name: "consumer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "textkit", path: "../..")],
  targets: [
    .executableTarget(
      name: "Consumer",
      dependencies: [
        .product(name: "TextKit", package: "textkit"), .product(name: "TextKitPretrained", package: "textkit"),
      ],
      swiftSettings: [
        .strictMemorySafety(), .treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
