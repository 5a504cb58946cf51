// README: segmenting
import TextKit
import TextKitPretrained

// end

/// Words, and the text that they are.
func segmenting(_ text: String) throws {
  // README: segmenting
  let segmenter = try Pretrained.segmenter()  // or Segmenter(contentsOf: url)
  let words = segmenter.words(in: "我爱北京天安门")  // ["我", "爱", "北京", "天安门"]
  let pieces = segmenter.pieces(in: text)  // pieces.joined() == text, always, for any text
  let readings = segmenter.nBest("结婚的和尚未结婚的", count: 3)  // words and probability of each
  // end
  check(words == ["我", "爱", "北京", "天安门"], "\(words)")
  check(pieces.joined() == text, "\(pieces)")
  check(readings.count == 3 && readings[0].probability >= readings[1].probability, "\(readings)")
}
