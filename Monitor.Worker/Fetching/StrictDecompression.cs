using System.Runtime.CompilerServices;

namespace Monitor.Worker.Fetching;

/// <summary>
/// By default .NET's decompressing streams take a stream that breaks off for a short one. A page cut in the middle must not pass for whole:
/// the switch makes it an error. Read once by the runtime, so it is set before anything of this assembly runs.
/// </summary>
internal static class StrictDecompression
{
    [ModuleInitializer]
    internal static void Enable() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", isEnabled: true);
}
