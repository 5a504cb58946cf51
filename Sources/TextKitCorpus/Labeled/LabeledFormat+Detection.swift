extension LabeledFormat {
  /// The format that a path's name and content speak for.
  ///
  /// A folder is `folder`. By name `.csv` is `csv`, `.jsonl` and `.json` are `jsonl`. In other files, `.tsv` among
  /// them, a first line that starts with the label prefix is `fastText`, one that starts with `{` is `jsonl`; where
  /// the options name columns, a header, or the first line names two columns or more of which one is called `label`,
  /// it is `tsv`; a first line with a TAB is `tab`.
  ///
  /// - Throws: A `CorpusError` where nothing speaks for a format, or where what stands before the TAB differs from
  ///   line to line, as labels don't.
  package static func detected(
    of path: String, options: LabeledOptions = LabeledOptions()
  ) throws(CorpusError) -> LabeledFormat {
    if FolderSource.isFolder(path) { return .folder }
    let suffix = path.split(separator: "/").last?.split(separator: ".").dropFirst().last?.lowercased()
    if suffix == "csv" { return .csv }
    let lines = LabeledLines(try LineReader(path: path), options)
    guard try lines.nextFilled() else {
      throw CorpusError(file: path, expected: "documents with labels", found: "none")
    }
    let line = lines.line
    switch suffix {
    case "jsonl", "json":
      guard line.first(where: { $0 != 0x20 && $0 != 0x09 }) == 0x7B else {
        throw lines.lines.error(expected: "JSON Lines: an object on each line", found: CorpusError.quoted(line))
      }
      return .jsonl
    default: break
    }
    if line.starts(with: options.labelPrefix.utf8) { return .fastText }
    if line.first == 0x7B { return .jsonl }
    let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
    let namesColumns =
      !options.textColumns.isEmpty || options.labelColumn != nil || options.hasHeader == true
      || fields.contains { $0.elementsEqual("label".utf8) }
    if fields.count > 1, namesColumns { return .tsv }
    guard fields.count > 1 else { throw unsure(lines, found: CorpusError.quoted(line)) }
    try checkLabels(lines, labelsLast: options.labelsLast)
    return .tab
  }

  /// Throws where labels seem to stand on the other side of the text: of 20 lines and more, over half differ there.
  private static func checkLabels(_ lines: LabeledLines, labelsLast: Bool) throws(CorpusError) {
    var labels: Set<[UInt8]> = []
    var count = 0
    while count < 1000 {
      let line = lines.line
      guard let place = labelsLast ? line.lastIndex(of: 0x09) : line.firstIndex(of: 0x09) else { break }
      labels.insert(Array(labelsLast ? line[(place + 1)...] : line[..<place]))
      count += 1
      guard try lines.nextFilled() else { break }
    }
    if count >= 20, labels.count > count / 2 {
      let side = labelsLast ? "last" : "first"
      throw unsure(lines, found: "\(labels.count) different labels on \(count) lines, taking what stands \(side)")
    }
  }

  private static func unsure(_ lines: LabeledLines, found: String) -> CorpusError {
    CorpusError(
      file: lines.lines.name, expected: "a format that the file tells, or one that is given (\(names))",
      found: found)
  }
}
