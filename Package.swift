// swift-tools-version: 6.1
import PackageDescription

let strictness: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strictness)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies, exclude: exclude,
    resources: resources,
    swiftSettings: strictness)
}

let package = Package(
  name: "sterling",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "sterling", targets: ["SterlingCommand"]),
    .library(name: "JavaScriptSyntax", targets: ["JavaScriptSyntax"]),
    .library(name: "StyleSyntax", targets: ["StyleSyntax"]),
    .library(name: "MarkupSyntax", targets: ["MarkupSyntax"]),
    .library(
      name: "SterlingKit",
      targets: [
        "Patterns", "Ingest", "Program", "Mechanics", "Density", "Rubrics", "Scoring", "Hazards", "Gate", "Reports",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // Its extensions for Foundation are left out.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev", "pkg-config"])]),
    library("SourceText", []),
    library("WorkerPool", []),
    library("JavaScriptSyntax", ["SourceText"]),
    library("StyleSyntax", ["SourceText"]),
    library("MarkupSyntax", ["SourceText", "StyleSyntax", "CLibXML2"]),
    library("Patterns", ["SourceText", "JavaScriptSyntax", "StyleSyntax", "MarkupSyntax"]),
    library("Ingest", ["SourceText"]),
    library("Program", ["SourceText", "JavaScriptSyntax", "StyleSyntax", "MarkupSyntax", "Ingest"]),
    library("Mechanics", ["SourceText", "JavaScriptSyntax", "StyleSyntax", "MarkupSyntax", "Ingest", "Program"]),
    library("Density", ["SourceText", "JavaScriptSyntax", "StyleSyntax", "MarkupSyntax", "Ingest"]),
    library("Rubrics", ["SourceText", "Patterns", "Mechanics", .product(name: "Yams", package: "Yams")]),
    library(
      "Scoring",
      [
        "SourceText", "JavaScriptSyntax", "StyleSyntax", "MarkupSyntax", "Patterns", "Ingest", "Program", "Mechanics",
        "Rubrics", "Density",
      ]),
    library(
      "Hazards",
      ["SourceText", "JavaScriptSyntax", "StyleSyntax", "MarkupSyntax", "Ingest", "Program", "Mechanics"]),
    library(
      "Gate",
      ["SourceText", "Ingest", "Program", "Mechanics", "Hazards", "Rubrics", "Density", "Scoring"]),
    library("Reports", ["SourceText", "Rubrics", "Density", "Scoring", "Gate"]),
    .executableTarget(
      name: "SterlingCommand",
      dependencies: [
        "SourceText", "WorkerPool", "JavaScriptSyntax", "MarkupSyntax", "StyleSyntax", "Patterns", "Ingest", "Program",
        "Mechanics", "Rubrics", "Scoring", "Gate", "Reports",
        "Density", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux])),
      ],
      swiftSettings: strictness),
    .executableTarget(
      name: "Accuracy", dependencies: ["WorkerPool", "Ingest", "Rubrics", "Scoring"], path: "Tools/Accuracy",
      swiftSettings: strictness),
    .target(
      name: "SyntaxChecks", dependencies: ["SourceText", "JavaScriptSyntax"], path: "Benchmarks/SyntaxChecks",
      swiftSettings: strictness),
    .executableTarget(
      name: "conformance",
      dependencies: [
        "SourceText", "JavaScriptSyntax", "SyntaxChecks", "WorkerPool",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/Conformance", exclude: ["Known"], swiftSettings: strictness),
    .executableTarget(
      name: "microbenchmarks", dependencies: ["SourceText", "JavaScriptSyntax"], path: "Benchmarks/Microbenchmarks",
      swiftSettings: strictness),
    .target(name: "TestSupport", dependencies: [], path: "Tests/TestSupport", swiftSettings: strictness),
    tests("SourceText", []),
    tests("WorkerPool", []),
    tests("JavaScriptSyntax", ["SourceText", "SyntaxChecks"]),
    tests("StyleSyntax", ["SourceText"]),
    tests("MarkupSyntax", ["SourceText", "StyleSyntax"], exclude: ["CONFORMANCE.md"]),
    tests("Patterns", ["SourceText", "JavaScriptSyntax"]),
    tests("Ingest", ["SourceText"]),
    tests("Program", ["SourceText", "Ingest"]),
    tests("Mechanics", ["SourceText", "Program", "Ingest"]),
    tests("Density", ["SourceText", "JavaScriptSyntax", "Ingest"], resources: [.copy("Cases")]),
    tests("Rubrics", ["SourceText", "Mechanics"]),
    tests("Scoring", ["SourceText", "Ingest", "Density", "Mechanics", "Rubrics"]),
    tests("Hazards", ["SourceText", "Ingest", "Program", "Mechanics"]),
    tests("Gate", ["SourceText", "Rubrics", "Ingest"]),
    tests("Reports", ["SourceText", "Ingest", "Density", "Scoring", "Gate", "Rubrics"]),
    .testTarget(
      name: "CommandTests", dependencies: ["TestSupport"], exclude: ["Golden"], swiftSettings: strictness),
  ]
)
