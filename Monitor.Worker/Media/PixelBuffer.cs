using System.Runtime.InteropServices;
using Monitor.Rules.Hashing;

namespace Monitor.Worker.Media;

/// <summary>Memory for one picture outside the managed heap: large and short-lived, it would keep the collector busy.</summary>
internal sealed unsafe class PixelBuffer : IDisposable
{
    private void* _memory;

    public PixelBuffer(int width, int height, PixelLayout layout)
    {
        (Width, Height, Layout) = (width, height, layout);
        Stride = checked(width * layout.Channels());
        Length = checked(Stride * height);
        // Zeroed: where a cut file says nothing the picture is black, and not what was in memory before.
        _memory = NativeMemory.AllocZeroed((nuint)Length);
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public int Length { get; }

    public PixelLayout Layout { get; }

    public nint Address => (nint)_memory;

    public Span<byte> Bytes => new(_memory, Length);

    public PixelView View => new(Bytes, Width, Height, Stride, Layout);

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
