using Microsoft.ML.Data;
using Monitor.Rules.Text;

namespace Monitor.Worker.Scoring;

/// <summary>A page as the model's input.</summary>
internal sealed class ScorerRow
{
    /// <summary>UTF-16 units of the text as written that are looked at at all.</summary>
    public const int MostRead = 1_000_000;

    /// <summary>Of a longer folded text the beginning and the end count: nobody pushes words out of sight by padding on one side alone.</summary>
    public const int Head = 48 * 1024;

    public const int Tail = 16 * 1024;

    public bool Label { get; set; }

    public string Text { get; set; } = "";

    [VectorType(StructuralFeatures.Count)]
    public float[] Structure { get; set; } = [];

    public static ScorerRow Of(string text, PageStructure? structure, bool label = false)
    {
        var read = text.Length <= MostRead ? text : text[..MostRead];
        return new ScorerRow { Label = label, Text = Cut(TextFolding.Fold(read).Text), Structure = StructuralFeatures.Vector(structure, TextTraits.Of(read)) };
    }

    /// <summary>Cut after folding, so that a composed and a decomposed text are cut at the same place.</summary>
    private static string Cut(string folded) => folded.Length <= Head + Tail ? folded : string.Concat(folded.AsSpan(0, Head), " ", folded.AsSpan(folded.Length - Tail));
}

/// <summary>What the model says.</summary>
internal sealed class ScorerOutput
{
    /// <summary>Not calibrated.</summary>
    public float Score { get; set; }
}

/// <summary>What the model says, and what it looked at.</summary>
internal sealed class ExplainedOutput
{
    public float Score { get; set; }

    public VBuffer<float> Features { get; set; }
}
