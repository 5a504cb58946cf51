import Foundation
import Testing
import TextKitTraining

private enum Optimizer: String, Codable, CaseIterable { case adam, sgd, adagrad }

private enum Mode: String, Codable { case fast, exact }

private struct Layer: Configuration {
  var size = 64
  var dropout: Double? = 0.5

  func validate() throws(ConfigurationError) {
    guard size > 0 else { throw .invalid("size", expected: "at least 1", found: "\(size)") }
  }
}

private struct Training: Configuration {
  var epochs = 10
  var learningRate = 0.001
  var optimizer = Optimizer.adam
  var seed: UInt64 = .max
  var shuffles = true
}

private struct Model: Configuration {
  var name = "tagger"
  var training = Training()
  var layers = [Layer(), Layer()]
  var widths = [3, 4, 5]
  var limit: Int?
  var scale: Float = 0.1
  var bytes: UInt8 = 7
  var fallback: Optimizer?
  var extra: Layer?
  var weights: [String: Double] = ["a": 1]
  var mode = Mode.fast
  var note: String?
  var home: URL?
}

@Suite("Configuration")
struct ConfigurationTests {
  private func load(_ json: String, _ overrides: String...) throws(ConfigurationError) -> Model {
    try ConfigurationLoader.load(Model.self, from: Data(json.utf8), overrides: overrides)
  }

  private func error(_ json: String, _ overrides: String...) -> ConfigurationError? {
    do throws(ConfigurationError) {
      _ = try ConfigurationLoader.load(Model.self, from: Data(json.utf8), overrides: overrides)
      return nil
    } catch {
      return error
    }
  }

  @Test("Without text there are the defaults")
  func defaults() throws {
    #expect(try ConfigurationLoader.load(Model.self) == Model())
    #expect(try load(" {} \n") == Model())
  }

  @Test("Keys that are left out keep their defaults, at every depth")
  func partial() throws {
    var expected = Model()
    expected.training.epochs = 3
    expected.layers = [Layer(size: 8, dropout: 0.5), Layer(size: 64, dropout: nil), Layer()]
    expected.extra = Layer(size: 5, dropout: 0.5)
    expected.limit = 9
    expected.fallback = .sgd
    expected.weights = ["b.c": 2, "": -1e-3]
    expected.mode = .exact
    expected.home = URL(string: "https://example.org/x")
    let json = """
      {"training": {"epochs": 3}, "layers": [{"size": 8}, {"dropout": null}, {}], "extra": {"size": 5},
       "limit": 9, "fallback": "sgd", "weights": {"b.c": 2, "": -1e-3}, "mode": "exact",
       "home": "https://example.org/x"}
      """
    #expect(try load(json) == expected)
  }

  @Test("What is encoded has every key, is sorted, and is read again exactly")
  func roundTrip() throws {
    var model = Model()
    model.training.seed = 18_446_744_073_709_551_557
    model.training.learningRate = 0.1 + 0.2
    model.scale = .leastNonzeroMagnitude
    model.note = "中文 \"q\"\n\u{1}"
    model.layers = []
    model.extra = Layer(size: 1, dropout: nil)
    model.weights = ["β": 1e300, "a": -0.0]
    let data = try ConfigurationLoader.encode(model)
    #expect(try ConfigurationLoader.load(Model.self, from: data) == model)
    #expect(try ConfigurationLoader.encode(ConfigurationLoader.load(Model.self, from: data)) == data)
    #expect(
      String(decoding: try ConfigurationLoader.encode(Model()), as: UTF8.self)
        == """
        {
          "bytes": 7,
          "extra": null,
          "fallback": null,
          "home": null,
          "layers": [
            {
              "dropout": 0.5,
              "size": 64
            },
            {
              "dropout": 0.5,
              "size": 64
            }
          ],
          "limit": null,
          "mode": "fast",
          "name": "tagger",
          "note": null,
          "scale": 0.1,
          "training": {
            "epochs": 10,
            "learningRate": 0.001,
            "optimizer": "adam",
            "seed": 18446744073709551615,
            "shuffles": true
          },
          "weights": {"a": 1.0},
          "widths": [3, 4, 5]
        }

        """.replacingOccurrences(of: "{\"a\": 1.0}", with: "{\n    \"a\": 1.0\n  }"))
  }

  @Test("Unknown keys are refused with path and nearest name, also below optionals and arrays")
  func unknownKeys() {
    func expect(_ json: String, _ path: String, _ nearest: String?) {
      let error = error(json)
      guard error?.path == path, case .unknownKey(nearest, _)? = error?.reason else {
        Issue.record("\(json): \(String(describing: error))")
        return
      }
    }
    expect("{\"trainning\": {}}", "trainning", "training")
    expect("{\"training\": {\"epoch\": 3}}", "training.epoch", "training.epochs")
    expect("{\"training\": {\"zzz\": 3}}", "training.zzz", nil)
    expect("{\"layers\": [{}, {\"Size\": 3}]}", "layers[1].Size", "layers[1].size")
    expect("{\"extra\": {\"dropuot\": 3}}", "extra.dropuot", "extra.dropout")
    #expect(
      error("{\"training\": {\"epoch\": 3}}").map { "\($0)" }
        == "configuration: unknown key training.epoch; did you mean training.epochs?")
    #expect(
      error("{\"layers\": [{\"zzz\": 3}]}").map { "\($0)" }
        == "configuration: unknown key layers[0].zzz; valid here: dropout, size")
  }

  @Test(
    "A value of the wrong type names path, expected and found",
    arguments: [
      ("{\"training\": {\"epochs\": \"3\"}}", "training.epochs: expected an integer, found \"3\""),
      ("{\"training\": {\"epochs\": 3.0}}", "training.epochs: expected an integer, found 3.0"),
      ("{\"training\": {\"epochs\": null}}", "training.epochs: expected an integer, found null"),
      ("{\"training\": {\"learningRate\": true}}", "training.learningRate: expected a number, found true"),
      ("{\"training\": {\"learningRate\": 1e999}}", "training.learningRate: expected a number, found 1e999"),
      ("{\"training\": {\"shuffles\": 1}}", "training.shuffles: expected true or false, found 1"),
      ("{\"training\": []}", "training: expected an object, found []"),
      ("{\"name\": 3}", "name: expected a string, found 3"),
      ("{\"limit\": \"x\"}", "limit: expected an integer, found \"x\""),
      ("{\"extra\": 1}", "extra: expected an object, found 1"),
      ("{\"widths\": [3, \"4\"]}", "widths[1]: expected an integer, found \"4\""),
      ("{\"widths\": 3}", "widths: expected an array, found 3"),
      ("{\"layers\": [3]}", "layers[0]: expected an object, found 3"),
      ("{\"weights\": {\"x\": \"y\"}}", "weights.x: expected a number, found \"y\""),
      (
        "{\"training\": {\"optimizer\": \"adm\"}}",
        "training.optimizer: expected one of \"adam\", \"sgd\", \"adagrad\", found \"adm\"; did you mean adam?"
      ),
      (
        "{\"fallback\": \"x\"}",
        "fallback: expected one of \"adam\", \"sgd\", \"adagrad\", found \"x\""
      ),
      ("[]", "expected an object, found []"),
    ])
  func wrongTypes(_ json: String, _ message: String) throws {
    #expect("\(try #require(error(json)))" == "configuration: \(message)")
  }

  @Test("An integer that doesn't fit names the limits of its type")
  func limits() throws {
    for (json, expected) in [
      ("{\"bytes\": 300}", "bytes: expected an integer from 0 to 255, found 300"),
      ("{\"bytes\": -1}", "bytes: expected an integer from 0 to 255, found -1"),
      (
        "{\"training\": {\"seed\": 18446744073709551616}}",
        "training.seed: expected an integer from 0 to 18446744073709551615, found 18446744073709551616"
      ),
    ] {
      #expect("\(try #require(error(json)))" == "configuration: \(expected)")
    }
    let endless = String(repeating: "9", count: 10_000)
    #expect(try #require(error("{\"limit\": \(endless)}")).path == "limit")
  }

  @Test("A number that a Float can't hold names the largest that it can", arguments: ["1e39", "-3.5e38", "1e308"])
  func floats(number: String) throws {
    let refusal = try #require(error("{\"scale\": \(number)}"))
    #expect(
      "\(refusal)" == "configuration: scale: expected a number of at most 3.4028234663852886e+38, found \(number)")
    #expect(try load("{\"scale\": 3.4028234e38}").scale == Float("3.4028234e38"))
  }

  @Test("What was set in code is checked as what was read, at every depth, and numbers have to be finite")
  func setInCode() throws {
    func refusal(_ change: (inout Model) -> Void) -> ConfigurationError? {
      var model = Model()
      change(&model)
      do { try model.validateAll() } catch { return error }
      return nil
    }
    #expect(refusal { _ in } == nil)
    #expect(refusal { $0.extra = Layer(size: 0, dropout: nil) }?.path == "extra.size")
    let error = try #require(refusal { $0.training.learningRate = .nan })
    #expect("\(error)" == "configuration: training.learningRate: expected a finite number, found nan")
    #expect(refusal { $0.scale = -.infinity }?.path == "scale")
    #expect(refusal { $0.weights = ["a": .infinity] }?.path == "weights.a")
  }

  @Test("What only the type itself can refuse is an error with its path, too")
  func undecodable() throws {
    #expect(try #require(error("{\"mode\": \"slow\"}")).path == "mode")
    #expect(try #require(error("{\"home\": \"\"}")).path == "home")
  }

  @Test("Every nested configuration is validated")
  func validation() throws {
    let first = try #require(error("{\"layers\": [{}, {\"size\": 0}]}"))
    #expect("\(first)" == "configuration: layers[1].size: expected at least 1, found 0")
    #expect(error("{\"extra\": {\"size\": -1}}")?.path == "extra.size")
  }

  @Test("Overrides are JSON, or text where text is expected; the last wins")
  func overrides() throws {
    let model = try load(
      "{\"training\": {\"epochs\": 3, \"shuffles\": false}}", "training.epochs=5", "training.optimizer=sgd",
      "training.learningRate=1e-2", "name=5", "note=null", "limit=7", "widths=[1, 2]", "extra.size=9",
      "weights={\"z\": 0}", "fallback=\"adagrad\"", "training.epochs=6", "mode=exact", "scale=-2")
    #expect(model.training == Training(epochs: 6, learningRate: 0.01, optimizer: .sgd, shuffles: false))
    #expect(model.name == "5")
    #expect(model.note == nil)
    #expect(model.limit == 7)
    #expect(model.widths == [1, 2])
    #expect(model.extra == Layer(size: 9, dropout: 0.5))
    #expect(model.weights == ["z": 0])
    #expect(model.fallback == .adagrad)
    #expect(model.mode == .exact)
    #expect(model.scale == -2)
    #expect(try load("{}", "name=true").name == "true")
    #expect(try load("{}", "name=\"a=b\"").name == "a=b")
    #expect(try load("{}", "name=").name == "")
    #expect(try load("{\"limit\": 3}", "limit=null").limit == nil)
  }

  @Test(
    "A mistaken override is blamed, not the file",
    arguments: [
      ("training.epoch=5", "unknown key training.epoch; did you mean training.epochs?"),
      ("training.epochs=five", "training.epochs: expected an integer, found \"five\""),
      ("training.epochs.x=5", "training.epochs: expected an integer, found {\"x\": 5}"),
      ("training=5", "training: expected an object, found 5"),
      ("training.epochs", "expected key=value, with dots between nested keys"),
      ("=5", "expected key=value, with dots between nested keys"),
      ("training..epochs=5", "expected key=value, with dots between nested keys"),
      ("extra.size=0", "extra.size: expected at least 1, found 0"),
      ("weights={\"a\": 1, \"a\": 2}", "a: expected different keys, found one twice"),
    ])
  func overrideErrors(_ override: String, _ message: String) throws {
    #expect("\(try #require(error("{}", override)))" == "setting '\(override)': \(message)")
  }

  @Test("Defaults that ask for a setting can be written, and loaded once it is given")
  func invalidDefaults() throws {
    struct Demanding: Configuration {
      var corpus = ""
      func validate() throws(ConfigurationError) {
        if corpus.isEmpty { throw .invalid("corpus", expected: "the name of a file", found: "nothing") }
      }
    }
    #expect(try ConfigurationLoader.encode(Demanding()) == Data("{\n  \"corpus\": \"\"\n}\n".utf8))
    #expect(throws: ConfigurationError.self) { try ConfigurationLoader.load(Demanding.self) }
    #expect(try ConfigurationLoader.load(Demanding.self, overrides: ["corpus=x"]).corpus == "x")
  }

  @Test("Numbers that JSON can't say are an error, not a broken file")
  func infinity() throws {
    var model = Model()
    model.training.learningRate = .infinity
    let error = #expect(throws: ConfigurationError.self) { try ConfigurationLoader.encode(model) }
    #expect(error?.path == "training.learningRate")
  }
}

@Suite("Configuration files")
struct ConfigurationFileTests {
  private static func error(_ bytes: [UInt8]) -> ConfigurationError? {
    do throws(ConfigurationError) {
      _ = try ConfigurationLoader.load(Training.self, from: Data(bytes), source: .file("a.json"))
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "Text that isn't JSON is refused with line and column",
    arguments: [
      ("", "line 1, column 1: expected a value, found the end"),
      ("{\n  \"epochs\": 3,\n}", "line 3, column 1: expected a string, found '}'"),
      ("{\n  \"epochs\": 3\n  \"seed\": 1}", "line 3, column 3: expected ',' or '}', found '\"'"),
      ("{} x", "line 1, column 4: expected the end, found 'x'"),
      ("{\"epochs\": 03}", "line 1, column 12: expected a number without leading zeros, found '03'"),
      ("{\"epochs\": +3}", "line 1, column 12: expected a value, found '+'"),
      ("{\"epochs\": NaN}", "line 1, column 12: expected a value, found 'N'"),
      ("{\"epochs\": -}", "line 1, column 13: expected a digit, found '}'"),
      ("{\"epochs\": 1.}", "line 1, column 14: expected a digit, found '}'"),
      ("{\"epochs\": tru}", "line 1, column 12: expected a value, found 't'"),
      ("// no\n{}", "line 1, column 1: expected a value, found '/'"),
      ("{\"epochs\": 1,\n\"epochs\": 2}", "line 2, column 1: epochs occurs twice"),
    ])
  func malformed(_ json: String, _ message: String) throws {
    #expect("\(try #require(Self.error(Array(json.utf8))))" == "configuration a.json: \(message)")
  }

  @Test("Deep nesting, invalid UTF-8 and broken text of any kind end in an error")
  func hostile() throws {
    let deep = try #require(Self.error([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)))
    #expect("\(deep)" == "configuration a.json: line 1, column 65: expected at most 64 levels, found '['")
    #expect(Self.error(Array("{\"".utf8) + [0xFF] + Array("\": 1}".utf8)) != nil)
    let sound = Array("{\"epochs\": -1.5e3, \"seed\": [true, null, \"\\u4E2D\\n\"]}".utf8)
    for count in 0..<sound.count { #expect(Self.error(Array(sound[..<count])) != nil) }
    for index in sound.indices {
      for bit in 0..<8 {
        var damaged = sound
        damaged[index] ^= 1 << UInt8(bit)
        #expect(Self.error(damaged) != nil)
      }
    }
  }

  @Test("A file is read; one that is missing or endless is an error with its name")
  func files() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("textkit-\(UInt64.random(in: .min ... .max)).json")
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: url) } }
    try Data("{\"epochs\": 4}".utf8).write(to: url)
    #expect(try ConfigurationLoader.load(Training.self, from: url, overrides: ["seed=1"]).epochs == 4)
    try Data("{\"epoch\": 4}".utf8).write(to: url)
    let wrong = #expect(throws: ConfigurationError.self) {
      try ConfigurationLoader.load(Training.self, from: url)
    }
    #expect(wrong?.source == .file(url.path))
    let missing = url.appendingPathExtension("missing")
    #expect(
      throws: ConfigurationError(
        source: .file(missing.path), path: "", reason: .unreadable("no such file"))
    ) { try ConfigurationLoader.load(Training.self, from: missing) }
    #if os(Linux)
      let endless = URL(fileURLWithPath: "/dev/zero")
      let error = #expect(throws: ConfigurationError.self) {
        try ConfigurationLoader.load(Training.self, from: endless)
      }
      #expect(error?.reason == .tooLong(limit: 16 << 20))
    #endif
  }

  @Test("Long lists and maps are taken in at once")
  func longLists() throws {
    let widths = (0..<100_000).map(String.init).joined(separator: ", ")
    let weights = (0..<50_000).map { "\"w\($0)\": \($0)" }.joined(separator: ", ")
    let json = Data("{\"widths\": [\(widths)], \"weights\": {\(weights)}}".utf8)
    var model: Model?
    #expect(
      try ContinuousClock().measure { model = try ConfigurationLoader.load(Model.self, from: json) } < .seconds(5))
    #expect(model?.widths == Array(0..<100_000) && model?.weights.count == 50_000 && model?.weights["w7"] == 7)
  }
}
