namespace Monitor.Worker.Banks.Formats;

/// <summary>The list as a whole cannot be read: cut off, malformed, or built to exhaust the reader. Nothing of it is used. Caught where imports are run.</summary>
#pragma warning disable CA1032, RCS1194 // Made in one way only.
internal sealed class HashFormatException(string vietnamese, string english) : Exception(english)
#pragma warning restore CA1032, RCS1194
{
    public string Vietnamese { get; } = vietnamese;
}
