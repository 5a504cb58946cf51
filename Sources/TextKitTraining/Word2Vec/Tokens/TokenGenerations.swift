import Foundation
import TextKitCorpus
import TextKitModels

extension TokenCounting {
  /// Writes the spool anew so that each id means one token throughout; those of forgotten tokens become gaps.
  mutating func settle(_ spool: MappedSpool, in directory: URL) throws(AtomicFileError) -> MappedSpool {
    if segmentEnds.isEmpty { return spool }
    var writer = try SpoolWriter(in: directory)
    let result = spool.withIDs { ids in
      Result { () throws(AtomicFileError) in
        var start = 0
        for (generation, end) in (segmentEnds + [ids.count]).enumerated() {
          for index in start..<end {
            let id = ids[index]
            let isGap = id != TokenCorpus.sentenceEnd && !vocabulary.holds(id, in: UInt32(generation))
            try writer.append(isGap ? TokenCorpus.gap : id)
          }
          start = end
        }
      }
    }
    try result.get()
    vocabulary.endGenerations()
    segmentEnds = []
    return try writer.finish()
  }
}
