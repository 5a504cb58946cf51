import TextKit
import TextKitPretrained

/// Entities of a model, and those of a list.
func recognizing(_ path: String) throws {
  // README: recognizing
  var recognizer = try Pretrained.recognizer()  // Chinese news; .englishEntities and others by name
  recognizer.minimumConfidence = 0.9
  recognizer.patterns = try EntityPatterns(contentsOf: path)
  for entity in recognizer.entities(in: "王小明在北京大学读书") {  // places in scalars and in bytes
    print(entity.text, entity.type, entity.confidence, entity.utf8)
  }
  // end
  let found = recognizer.entities(in: "王小明在北京大学读书，用了青鸟一号。").map { "\($0.text) \($0.type)" }
  check(found == ["王小明 PER", "北京大学 ORG", "青鸟一号 PRODUCT"], "\(found)")
}
