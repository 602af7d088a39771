using System.Text;

namespace Monitor.Worker.Simulation;

/// <summary>"HardSpan" → "hard-span".</summary>
internal static class Kebab
{
    public static string Of(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 4);
        foreach (var letter in pascal)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
