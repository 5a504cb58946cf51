/// A file of texts with entities as it was read: what is in it, and how it is laid out.
public struct EntityReading: Sendable {
  /// The texts with their entities.
  public let corpus: EntityCorpus
  /// How the file is laid out.
  public let format: EntityFormat
  /// How its tags were read; nil where there are none.
  ///
  /// Where no scheme is given, the tags of the whole file tell it: `M-` is of `bmes`, `E-` and `S-` of `bioes`. Of files
  /// with none of these, `iob1` are those in which fewer tags break its rules than those of `bio`, as in CoNLL-2003.
  public let scheme: TagScheme?
  /// What is wrong with the file, for a `CorpusCheck`; none unless it was asked for.
  let faults: [EntityFaults.Fault]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - options: The format and its columns or fields; what they leave open is told from the content.
  ///   - collectsFaults: Whether a line, a tag or an entity that can't be read is passed over and kept for a
  ///     `CorpusCheck`, as are tags that the scheme doesn't allow where they stand, rather than an error.
  /// - Throws: A `CorpusError` with the file and the line of what can't be read: bytes that are not UTF-8, a missing
  ///   column or field, a tag that the scheme doesn't have, an entity that is empty, leaves its text or is not what
  ///   stands there; also for a file without texts.
  public init(
    contentsOf path: String, options: EntityCorpusOptions = .init(), collectsFaults: Bool = false
  ) throws(CorpusError) {
    var options = options
    if options.format == nil { options.format = try EntityFormat.detected(of: path) }
    try self.init(LineReader(path: path), options: options, collectsFaults: collectsFaults)
  }

  /// Reads what is left of some lines, of which the options have to give the format.
  ///
  /// - Throws: A `CorpusError` as for a file.
  public init(
    _ lines: LineReader, options: EntityCorpusOptions, collectsFaults: Bool = false
  ) throws(CorpusError) {
    let faults = EntityFaults(collects: collectsFaults)
    guard let format = options.format else {
      throw CorpusError(file: lines.name, expected: "a format (\(EntityFormat.names))", found: "none given")
    }
    var scheme: TagScheme?
    let samples: [EntitySample]
    switch format {
    case .conll:
      let columns = try EntityColumns(lines, format: options.columns, faults: faults)
      let read = try columns.samples(scheme: options.scheme, joiner: options.joiner, faults: faults)
      (samples, scheme) = (read.samples, read.scheme)
    case .jsonl, .cluener: samples = try EntityObjects(lines, format: format, faults: faults).samples()
    }
    if samples.isEmpty, faults.faults.isEmpty {
      throw CorpusError(file: lines.name, expected: "texts with entities", found: "none")
    }
    corpus = EntityCorpus(file: lines.name, samples: samples)
    self.format = format
    self.scheme = scheme
    self.faults = faults.faults
  }
}

extension EntityCorpus {
  /// Reads a file: columns, JSON Lines or CLUENER's JSON, by content where the options give no format.
  ///
  /// - Throws: A `CorpusError` with the file and the line of what can't be read, see `EntityReading`.
  public init(contentsOf path: String, options: EntityCorpusOptions = .init()) throws(CorpusError) {
    self = try EntityReading(contentsOf: path, options: options).corpus
  }
}
