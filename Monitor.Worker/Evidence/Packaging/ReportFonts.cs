namespace Monitor.Worker.Evidence.Packaging;

/// <summary>A serif face with every Vietnamese letter, regular and bold, from what Debian's packages install.</summary>
internal sealed record ReportFonts(byte[] Regular, byte[] Bold)
{
    private static readonly (string Regular, string Bold)[] Usual =
    [
        ("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf", "/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf"),
        ("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf"),
        ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"),
    ];

    private static readonly Lazy<ReportFonts?> Found = new(Read);

    /// <summary>Null: none is installed (apt install fonts-noto-core).</summary>
    public static ReportFonts? Find() => Found.Value;

    private static ReportFonts? Read()
    {
        foreach (var (regular, bold) in Usual)
        {
            if (File.Exists(regular) && File.Exists(bold))
                return new ReportFonts(File.ReadAllBytes(regular), File.ReadAllBytes(bold));
        }

        return null;
    }
}
