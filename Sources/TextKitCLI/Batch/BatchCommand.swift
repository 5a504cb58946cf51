import Foundation
import Synchronization
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit batch`: does several tasks over any number of documents.
struct BatchCommand: Command {
  static let task = Option(
    "task", short: "t", value: "name,…", required: BatchTaskList.self,
    help:
      "What to do, several with commas between: \(BatchTaskName.allCases.map(\.rawValue).joined(separator: ", ")).")
  static let input = Option(
    "input", short: "i", value: "path", repeated: Path.self,
    help: "A file, a folder with all files in it, a pattern such as 'news/**/*.txt', or - for standard input.")
  static let output = Option(
    "output", short: "o", value: "folder", required: Path.self,
    help: "Where records go: a folder, or - for standard output.")
  static let inputFormat = Option(
    "format", short: "f", value: "name", optional: BatchFormat.self,
    help: "lines: a document a line; files: a document a file; jsonl, tsv, csv. Without it, as the name of each file "
      + "ends, else lines.")
  static let field = Option("field", value: "name", default: "text", help: "jsonl: the field of the document.")
  static let column = Option(
    "column", value: "name|number", default: LabeledColumn.name("text"), help: "tsv, csv: the column of the document."
  )
  static let noHeader = Option(flag: "no-header", help: "tsv, csv: the first row is a document.")
  static let outputFormat = Option(
    "output-format", value: "name", default: BatchOutputFormat.jsonl,
    help: "jsonl: the fields of the input and the results; text: the result of one task alone.")
  static let prefix = Option(
    "prefix", value: "text", default: "", help: "What the names of results begin with, such as tk_.")
  static let models = Option(
    "model", short: "m", value: "task=file", repeated: BatchModel.self,
    help: "The model of a task: a file, or the name of a shipped one.")
  static let faults = Option(
    "on-error", value: "stop|skip", default: BatchOptions.Faults.stop,
    help: "skip: a document that can't be read has a record that says why, and the list of errors its line.")
  static let errors = Option(
    "errors", value: "file", optional: Path.self,
    help: "The list of errors for --output -; in a folder it is beside the records.")
  static let shardSize = Option(
    "shard-size", value: "MB", default: 64, in: 1...65536, help: "Megabytes of input a file of the output.")
  static let resume = Option(flag: "resume", help: "Go on with a run that was stopped, or killed.")
  static let threads = SharedOptions.threads
  static let description = CommandDescription(
    name: "batch", summary: "Do several tasks over a folder of documents or a stream",
    discussion: [
      "One record is written for every document that is read, in order, always. A folder holds part-00000.jsonl and so "
        + "on, each written when it is whole, and manifest.jsonl, the list of them; by it --resume goes on after a "
        + "crash, and the files are those of a run without one.",
      "With - on both sides it is a worker for pipes such as RDD.pipe of Spark and Hadoop Streaming: a line in, a line "
        + "out.",
      "A text of more than a mebibyte is worked on a stretch of sentences at a time; classify and sentiment read its "
        + "first stretch alone, of 256 kibibytes at most, and their records name its bytes under utf8.",
    ],
    options: [
      task, input, output, inputFormat, field, column, noHeader, outputFormat, prefix, models, faults, errors,
      shardSize, resume, threads,
    ] + Array(RecognizerArguments.all.dropFirst()) + DictionaryArguments.all,
    examples: [
      Example("textkit batch --task segment,ner,sentiment --input news --output results", "all files of a folder"),
      Example(
        "textkit batch --task segment,ner,sentiment --input news --output results --resume",
        "go on where it was stopped"),
      Example(
        "textkit batch -t sentiment -i reviews.csv --column comment -o -",
        "a column of a table, to standard output"),
    ])

  let arguments: ParsedArguments

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    let tasks = arguments[Self.task].tasks
    guard arguments[Self.outputFormat] == .jsonl || tasks.count == 1 else {
      throw CommandFailure(.usage, "--output-format text holds the result of one task, found \(tasks.count)")
    }
    if let model = arguments[Self.models].first(where: { model in !tasks.contains { $0 == model.task } }) {
      throw CommandFailure(.usage, "--model \(model.argumentText): no --task \(model.task.rawValue)")
    }
    if arguments[Self.models].contains(where: { $0.task == .sentiment }) {
      throw CommandFailure(.usage, "--task sentiment has models of its own; use --task classify with a model")
    }
    guard arguments[Self.output].isStandardStream else {
      if arguments[Self.errors] != nil { throw CommandFailure(.usage, "--errors is for --output -") }
      return
    }
    if arguments[Self.resume] { throw CommandFailure(.usage, "--resume needs a folder as --output, found -") }
    guard arguments[Self.faults] == .stop || arguments[Self.errors] != nil else {
      throw CommandFailure(.usage, "--on-error skip with --output - needs --errors <file>")
    }
  }

  func run(in context: CommandContext) throws {
    let paths = arguments[Self.input].map(\.text)
    let folder = arguments[Self.output].isStandardStream ? nil : arguments[Self.output].url
    var job = BatchJob(
      tasks: try arguments[Self.task].tasks.map { try task($0, in: context) },
      input: paths.isEmpty ? .standardInput : try BatchInput(paths: paths, excluding: folder))
    job.options = options
    for (name, path) in [
      ("patterns", arguments[RecognizerArguments.patterns]),
      ("dictionary", arguments[DictionaryArguments.dictionary]),
    ] {
      if let path { job.options.conditions[name] = try BatchInput(paths: [path.text]).digest }
    }
    Interruption.watch()
    let progress = BatchProgress(context, total: job.input.byteCount)
    let result: BatchJob.Progress
    if arguments[Self.output].isStandardStream {
      result = try stream(job, progress, in: context)
    } else {
      result = try job.run(
        to: .folder(arguments[Self.output].url), isCancelled: { Interruption.isRequested }, observer: progress.note)
    }
    try progress.finish(result)
    if Interruption.isRequested {
      throw CommandFailure(
        .interrupted, "interrupted", hint: arguments[Self.output].isStandardStream ? nil : "--resume goes on")
    }
  }

  /// Writes every chunk at once: who reads may wait for it.
  private func stream(_ job: BatchJob, _ progress: BatchProgress, in context: CommandContext) throws
    -> BatchJob.Progress
  {
    let output = context.output
    let errors = try arguments[Self.errors].map { try LineWriter(path: $0.text) }
    let list = Mutex(errors)
    let result = Result {
      try job.run(
        to: .stream(
          { bytes in
            try output.write(bytes)
            try output.flush()
          },
          errors: { bytes in
            try list.withLock { list in
              for line in bytes.split(separator: 0x0A) { try list?.writeLine(line) }
            }
          }), isCancelled: { Interruption.isRequested }, observer: progress.note)
    }
    // The list is whole up to where the run came, however it ended: a reader of the records may have gone.
    try list.withLock { try $0?.finish() }
    return try result.get()
  }

  private var options: BatchOptions {
    var options = BatchOptions()
    options.format = arguments[Self.inputFormat]
    options.field = arguments[Self.field]
    options.column = arguments[Self.column]
    options.hasHeader = !arguments[Self.noHeader]
    options.output = arguments[Self.outputFormat]
    options.prefix = arguments[Self.prefix]
    options.faults = arguments[Self.faults]
    options.threads = arguments[Self.threads]
    options.shardSize = arguments[Self.shardSize] << 20
    options.resume = arguments[Self.resume]
    options.conditions = [
      "min-confidence": "\(arguments[RecognizerArguments.minimumConfidence])",
      "pattern-mode": arguments[RecognizerArguments.mode].rawValue,
      "dictionary-mode": arguments[DictionaryArguments.mode].rawValue,
      "dictionary-bonus": "\(arguments[DictionaryArguments.bonus])",
    ]
    // Left out where it isn't given: lists of before it was a condition lack it.
    if arguments[RecognizerArguments.foldWidth] { options.conditions["fold-width"] = "true" }
    return options
  }

  private func task(_ name: BatchTaskName, in context: CommandContext) throws -> BatchTask {
    let model = arguments[Self.models].last { $0.task == name }?.path
    switch name {
    case .segment: return .segment(try DictionaryArguments.segmenter(model, arguments, in: context))
    case .ner: return .entities(try RecognizerArguments.recognizer(arguments, model: model, in: context))
    case .classify: return .classify(try ModelLocator.classifier(model))
    case .sentiment: return .sentiment(try Pretrained.sentiment())
    }
  }
}

/// What a batch run can do.
enum BatchTaskName: String, CaseIterable, Sendable, OptionChoice {
  case segment, ner, sentiment, classify
}

/// Tasks with commas between.
struct BatchTaskList: OptionValue {
  let tasks: [BatchTaskName]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    tasks = names.compactMap(BatchTaskName.init(rawValue:))
    guard tasks.count == names.count, Set(tasks).count == tasks.count else { return nil }
  }

  static var expectation: String {
    "different ones of \(BatchTaskName.allCases.map(\.rawValue).joined(separator: ", ")), with commas between"
  }
  var argumentText: String { tasks.map(\.rawValue).joined(separator: ",") }
}

/// `--model task=file`.
struct BatchModel: OptionValue {
  let task: BatchTaskName
  let path: Path

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let task = BatchTaskName(rawValue: parts[0]), let path = Path(argument: parts[1]) else {
      return nil
    }
    (self.task, self.path) = (task, path)
  }

  static var expectation: String { "ner=<file>, or another task" }
  var argumentText: String { "\(task.rawValue)=\(path.text)" }
}

extension BatchFormat: OptionChoice {}
extension BatchOutputFormat: OptionChoice {}
extension BatchOptions.Faults: OptionChoice {}
