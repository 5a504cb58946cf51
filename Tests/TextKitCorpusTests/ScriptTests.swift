import Testing
import TextKitCorpus

@Suite("Scripts of texts")
struct ScriptTests {
  @Test(
    "Chinese where a third as many Chinese characters stand as other letters",
    arguments: [
      ("好", true), ("房间很干净", true), ("", false), ("abc", false), ("12 ,.!", false), ("😀🎉", false),
      // Three letters a character at most.
      ("好abc", true), ("好abcd", false), ("好 a1b2c3!?", true), ("Das ist 好", false), ("用iPhone拍的", true),
      // Letters of two and three bytes count as well as those of one.
      ("好éèê", true), ("好éèêë", false), ("好при", true), ("好прив", false), ("好안녕하", true), ("好안녕하세", false),
      ("好히힣힣힣", false), ("好नमस्ते", false),
      // Rare characters: extension A, extension B, the last of the main block.
      ("㐀", true), ("𠀀", true), ("\u{9FFF}", true), ("\u{4E00}", true),
      // Punctuation and kana are neither.
      ("好……——……“”‘’※", true), ("かな", false), ("、。「」", false), ("好かなカナ", true), ("⺀", false),
      ("Ⰰ好ⰀⰀⰀ", false),
    ])
  func script(_ text: String, _ isHan: Bool) {
    #expect(Script(of: text.utf8.span) == (isHan ? .han : .other))
  }

  @Test("text that breaks off within a character has a script too")
  func illFormed() {
    let bytes = Array("好𠀀㐀Ⰰ".utf8)
    for count in 0..<bytes.count {
      let part = Array(bytes[..<count])
      #expect(Script(of: part.span) == (count == 0 ? .other : .han))
    }
  }
}
