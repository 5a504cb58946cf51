/// What is wrong with a file of entities: the first fault ends a reading, a check collects them all.
final class EntityFaults {
  /// What is wrong, and where.
  struct Fault {
    let kind: CorpusFinding.Kind
    let error: CorpusError
  }

  /// Whether faults are collected.
  let collects: Bool
  private(set) var faults: [Fault] = []

  init(collects: Bool) { self.collects = collects }

  /// Takes what can't be read: throws it, or keeps it.
  func fail(_ kind: CorpusFinding.Kind, _ error: CorpusError) throws(CorpusError) {
    guard collects else { throw error }
    faults.append(Fault(kind: kind, error: error))
  }

  /// Takes what can be read though it is wrong: keeps it for a check.
  func note(_ kind: CorpusFinding.Kind, _ error: @autoclosure () -> CorpusError) {
    if collects { faults.append(Fault(kind: kind, error: error())) }
  }
}
