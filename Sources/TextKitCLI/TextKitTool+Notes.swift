import TextKitCommandLine
import TextKitPretrained

extension TextKitTool {
  /// What the manual says besides commands.
  static let notes = ManualNotes(
    description: [
      "textkit segments Chinese text into words, finds named entities, and tells topics and sentiment of Chinese and "
        + "English texts, by models that it ships with or that it trains, neural and classical; and it trains, asks and "
        + "converts word vectors. It runs on the CPU and uses no network.",
      "Texts are UTF-8 unless an option says otherwise. Answers go to standard output; progress, notes and errors go to "
        + "standard error, an error as one line.",
    ],
    environment: [
      .init(
        Pretrained.environmentVariable,
        "Folders in which shipped models are looked for first, with colons between them."),
      .init(
        "TEXTKIT_ISA",
        "Instructions that the kernels use instead of the best that the processor has: baseline, avx2 or avx512. "
          + "Others, and those that it lacks, are refused."),
      .init("NO_COLOR", "If it is not empty, nothing is colored. Nothing is either where output is no terminal."),
      .init("COLUMNS", "The width of the terminal."),
    ],
    files: [
      .init(
        "models/*.safetensors, ../share/textkit/models/*.safetensors",
        "Shipped models, from the folder of the program on. The command model list says where models are looked for."),
      .init(
        "<output>.checkpoint", "What an interrupted training goes on from with --resume; removed when it has ended."),
      .init("<output>.state", "The same of train online."),
    ])
}
