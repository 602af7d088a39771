namespace Monitor.Rules.Hashing;

/// <summary>Order of the 8-bit channels of a pixel. Alpha is not looked at: give colours that are not multiplied by it.</summary>
public enum PixelLayout
{
    Gray,
    Rgb,
    Rgba,
    Bgra,
}

public static class PixelLayouts
{
    /// <summary>Bytes of a pixel.</summary>
    public static int Channels(this PixelLayout layout) => layout switch
    {
        PixelLayout.Gray => 1,
        PixelLayout.Rgb => 3,
        PixelLayout.Rgba or PixelLayout.Bgra => 4,
    };
}
