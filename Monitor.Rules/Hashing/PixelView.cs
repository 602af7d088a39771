namespace Monitor.Rules.Hashing;

/// <summary>Pixels somebody else owns, the top row first.</summary>
public readonly ref struct PixelView
{
    /// <param name="bytes">At least <paramref name="stride"/> × (<paramref name="height"/> − 1) + one row of pixels.</param>
    /// <param name="width">Pixels, from 1.</param>
    /// <param name="height">Pixels, from 1.</param>
    /// <param name="stride">Bytes from one row to the next; at least a row of pixels.</param>
    /// <exception cref="ArgumentException">The bytes do not hold such a picture.</exception>
    public PixelView(ReadOnlySpan<byte> bytes, int width, int height, int stride, PixelLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        long row = (long)width * layout.Channels();
        if (stride < row || bytes.Length < ((long)stride * (height - 1)) + row)
            throw new ArgumentException($"{bytes.Length} bytes do not hold {width} × {height} pixels {stride} bytes apart.", nameof(bytes));

        Bytes = bytes;
        Width = width;
        Height = height;
        Stride = stride;
        Layout = layout;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public PixelLayout Layout { get; }

    /// <summary>One row's channels.</summary>
    public ReadOnlySpan<byte> Row(int y) => Bytes.Slice(y * Stride, Width * Layout.Channels());
}
