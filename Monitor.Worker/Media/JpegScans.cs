namespace Monitor.Worker.Media;

/// <summary>Counts the scans of a JPEG. A small file may hold thousands over a large picture, and each goes over all of it.</summary>
internal static class JpegScans
{
    public static int Count(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (int at; (at = bytes.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA])) >= 0; bytes = bytes[(at + 2)..])
        {
            count++;
        }

        return count;
    }
}
