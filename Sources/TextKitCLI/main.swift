import Foundation
import TextKitCommandLine

exit(TextKitTool.tool.run().rawValue)
