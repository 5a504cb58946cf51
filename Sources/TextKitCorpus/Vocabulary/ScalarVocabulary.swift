/// Unicode scalars to ids: frozen, two loads a look-up.
///
/// Ids are rows of a table: 0 is every unknown scalar, 1 the boundary of a sequence, 2 and up the scalars in the
/// order given, as a rule by falling frequency.
public struct ScalarVocabulary: Sendable {
  /// The id of every scalar that isn't in the vocabulary.
  public static let unknownID: Int32 = 0
  /// The id of `ScalarText.boundary`.
  public static let boundaryID: Int32 = 1
  /// The id of the first scalar.
  public static let firstID: Int32 = 2

  /// The known scalars, `[count - 2]`; the id of `scalars[i]` is `i + 2`.
  public let scalars: [UInt32]
  /// The start of each page of 256 ids in `ids`, divided by 256, `[0x1101]`; page 0 knows nothing.
  private let pages: [UInt16]
  /// Pages of ids.
  private let ids: [Int32]

  /// The number of ids, those of the unknown and of the boundary among them.
  public var count: Int { scalars.count + 2 }

  /// Creates the vocabulary of distinct Unicode scalars in the order of their ids.
  public init(scalars: [UInt32]) {
    var pages = [UInt16](repeating: 0, count: 0x1101)
    var ids = [Int32](repeating: Self.unknownID, count: 0x100)
    func set(_ scalar: UInt32, id: Int32) {
      let page = Int(scalar >> 8)
      if pages[page] == 0 {
        pages[page] = UInt16(ids.count >> 8)
        ids.append(contentsOf: repeatElement(Self.unknownID, count: 0x100))
      }
      let slot = Int(pages[page]) << 8 | Int(scalar & 0xFF)
      precondition(ids[slot] == Self.unknownID, "the scalar U+\(String(scalar, radix: 16)) is there twice")
      ids[slot] = id
    }
    set(ScalarText.boundary, id: Self.boundaryID)
    for (index, scalar) in scalars.enumerated() {
      precondition(Unicode.Scalar(scalar) != nil, "0x\(String(scalar, radix: 16)) is no Unicode scalar")
      set(scalar, id: Self.firstID + Int32(index))
    }
    self.scalars = scalars
    self.pages = pages
    self.ids = ids
  }

  /// The id of a scalar.
  public subscript(scalar: UInt32) -> Int32 {
    guard scalar <= ScalarText.boundary else { return Self.unknownID }
    let page = Int(pages[Int(truncatingIfNeeded: scalar >> 8)])
    return ids[page << 8 | Int(truncatingIfNeeded: scalar & 0xFF)]
  }

  /// The scalar of an id, nil for those of the unknown and of the boundary.
  public func scalar(at id: Int32) -> UInt32? {
    precondition(0 <= id && Int(id) < count, "the id \(id) is not in 0..<\(count)")
    return id < Self.firstID ? nil : scalars[Int(id - Self.firstID)]
  }

  /// Appends the ids of a sequence of scalars, `[scalars.count]`.
  public func appendIDs(of scalars: Span<UInt32>, to output: inout [Int32]) {
    let pages = pages.span
    let ids = ids.span
    output.append(atMost: scalars.count) { (output: inout OutputSpan<Int32>) in
      for index in scalars.indices {
        let scalar = scalars[index]
        guard scalar <= ScalarText.boundary else {
          output.append(Self.unknownID)
          continue
        }
        let page = Int(pages[Int(truncatingIfNeeded: scalar >> 8)])
        output.append(ids[page << 8 | Int(truncatingIfNeeded: scalar & 0xFF)])
      }
    }
  }
}

extension ScalarVocabulary: Equatable {
  /// Whether two vocabularies give the same ids.
  public static func == (left: ScalarVocabulary, right: ScalarVocabulary) -> Bool {
    left.scalars == right.scalars
  }
}
