/// What the command line asks for.
struct FuzzOptions {
  /// How long each target is fed.
  enum Budget: Equatable {
    case executions(Int)
    case seconds(Double)
  }

  var targets: [String] = []
  var lists = false
  var showsHelp = false
  var budget = Budget.executions(10_000)
  var seed: UInt64 = 1
  /// Where inputs that are findings are kept.
  var keep = "fuzz-findings"
  /// One input, to be read in this process.
  var input: String?
  /// A folder: this process is the child of another, and feeds one target.
  var worker: String?

  static let usage = """
    usage: textkit-fuzz [--list] [--seconds N | --executions N] [--seed N] [--keep FOLDER] [TARGET...]
           textkit-fuzz TARGET --input FILE

    Feeds the readers of the package what an adversary might write, and reports what no reader may do: end the
    process, throw an error that says nothing of the file, break what always holds, or take more than 5 s of
    processor time or 64 bytes of memory a byte and 64 MiB.
      --list          list the targets; without a name all are run
      --executions N  feed each target so many inputs; 10,000 unless said otherwise
      --seconds N     feed each target for so long
      --seed N        where random numbers begin; the same seed and number of executions give the same inputs
      --keep FOLDER   where inputs that are findings are kept; fuzz-findings unless said otherwise
      --input FILE    read one input in this process, such as one that was kept

    """

  init(_ arguments: [String]) throws(UsageError) {
    var arguments = arguments[...]
    func value(_ option: String) throws(UsageError) -> String {
      guard let value = arguments.popFirst() else { throw UsageError(message: "\(option) needs a value") }
      return value
    }
    func number<Number: LosslessStringConvertible & Comparable>(
      _ option: String, atLeast least: Number
    ) throws(UsageError) -> Number {
      let text = try value(option)
      guard let number = Number(text), number >= least else {
        throw UsageError(message: "\(option) needs a number of at least \(least), not \(text)")
      }
      return number
    }
    while let argument = arguments.popFirst() {
      switch argument {
      case "--help", "-h": showsHelp = true
      case "--list": lists = true
      case "--executions": budget = .executions(try number(argument, atLeast: 1))
      case "--seconds": budget = .seconds(try number(argument, atLeast: 0.001))
      case "--seed": seed = try number(argument, atLeast: 0)
      case "--keep": keep = try value(argument)
      case "--input": input = try value(argument)
      case "--worker": worker = try value(argument)
      case _ where argument.hasPrefix("-"): throw UsageError(message: "unknown option \(argument)")
      default: targets.append(argument)
      }
    }
    guard input == nil && worker == nil || targets.count == 1 else {
      throw UsageError(message: "--input needs the name of one target")
    }
  }

  struct UsageError: Error {
    let message: String
  }
}
