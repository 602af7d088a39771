namespace Monitor.Worker.Printing;

/// <summary>A serif face with every Vietnamese letter, regular and bold, from what Debian's packages install.</summary>
internal sealed record OfficialFonts(FontFace Regular, FontFace Bold)
{
    private static readonly (string Regular, string Bold)[] Usual =
    [
        ("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf", "/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf"),
        ("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf"),
        ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"),
    ];

    private static readonly Lazy<OfficialFonts?> Found = new(Read);

    /// <summary>Null: none is installed (apt install fonts-noto-core).</summary>
    public static OfficialFonts? Find() => Found.Value;

    private static OfficialFonts? Read()
    {
        foreach (var (regular, bold) in Usual)
        {
            if (File.Exists(regular) && File.Exists(bold))
            {
                try
                {
                    return new OfficialFonts(Face(regular), Face(bold));
                }
                catch (InvalidDataException)
                {
                    // A face of another form than expected: the next one may do.
                }
            }
        }

        return null;
    }

    private static FontFace Face(string file) => new(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file), OfficialPages.Shows);
}
