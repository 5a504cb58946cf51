import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit model list`: the shipped models, and where models are looked for.
struct ModelListCommand: Command {
  static let json = SharedOptions.json
  static let description = CommandDescription(
    name: "list", summary: "List the shipped models, and where they are looked for",
    discussion: [
      "What stands behind --model is a path, or, where there is no such file, a name of this list. Names are looked for in "
        + "the folders that the environment variable \(Pretrained.environmentVariable) names, with colons between them; then "
        + "in models beside the program and in ../share/textkit/models from there; then where the build put them.",
      "The score is that on held-out texts when the model was trained: F1 of words or entities, else accuracy. The license is "
        + "that of the texts it learned from, as far as it is known.",
    ],
    options: [json],
    examples: [
      Example("textkit model list", "a table"),
      Example("TEXTKIT_MODELS=/opt/models textkit model list --json", "as JSON, with a folder of your own"),
    ])

  let json: Bool

  init(arguments: ParsedArguments) throws { json = arguments[Self.json] }

  func run(in context: CommandContext) throws {
    let folders = Pretrained.folders()
    let report = Report(
      models: try Pretrained.Name.allCases.map { try Report.Model($0, in: folders) },
      folders: folders.map {
        .init(
          path: $0.url.path, origin: $0.origin, exists: FileManager.default.fileExists(atPath: $0.url.path))
      })
    try context.output.write(json ? AnswerFormat.line(report) : report.text)
  }
}

/// What there is, for people and as JSON.
private struct Report: Encodable {
  struct Model: Encodable {
    let name: String
    let task: Pretrained.Name.Task
    let language: String
    let corpusLicense: String
    /// Nil where no folder holds it, and so what follows.
    var path: String?
    var bytes: Int?
    /// Nil where the file tells none.
    var score: Double?
    var measure: String?

    init(_ name: Pretrained.Name, in folders: [ModelFolder]) throws {
      self.name = name.rawValue
      task = name.task
      language = name.language
      corpusLicense = name.corpusLicense
      do throws(PretrainedError) {
        path = try Pretrained.url(of: name, in: folders).path
      } catch {
        // Not being there is what the list is to tell.
        return
      }
      guard let path else { return }
      let file = try ModelFile(contentsOf: URL(fileURLWithPath: path))
      bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      measure = ["f1", "accuracy"].first { file.metadata["training.dev.\($0)"] != nil }
      score = measure.flatMap { file.metadata["training.dev.\($0)"] }.flatMap(Double.init)
    }

    var cells: [String] {
      let figure = score.map { String(format: "%@ %.3f", measure ?? "", $0) } ?? "-"
      let size = bytes.map { String(format: "%.1f MB", Double($0) / 1e6) } ?? "not found"
      return [name, task.rawValue, language, size, figure, corpusLicense]
    }
  }

  struct Folder: Encodable {
    let path: String
    let origin: ModelFolder.Origin
    let exists: Bool
  }

  let models: [Model]
  let folders: [Folder]

  var text: String {
    let rows = [["model", "task", "language", "size", "held out", "license of its texts"]] + models.map(\.cells)
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let table = rows.map { row in
      row.indices.dropLast().map { TextLayout.padded(row[$0], to: widths[$0] + 2) }.joined() + (row.last ?? "")
    }
    let places = folders.map { "  \($0.path)\($0.exists ? "" : "  (not there)")  \(Self.reason($0.origin))" }
    return (table + ["", "looked for in"] + places).joined(separator: "\n") + "\n"
  }

  private static func reason(_ origin: ModelFolder.Origin) -> String {
    switch origin {
    case .environment: Pretrained.environmentVariable
    case .executable: "beside the program"
    case .bundle: "resources of the build"
    }
  }
}
