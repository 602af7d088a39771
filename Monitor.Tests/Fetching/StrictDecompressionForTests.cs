using System.Runtime.CompilerServices;

namespace Monitor.Tests.Fetching;

/// <summary>The worker sets this switch before its first line; under test, something else may have decompressed by then.</summary>
internal static class StrictDecompressionForTests
{
    [ModuleInitializer]
    internal static void Enable() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", isEnabled: true);
}
