using System.Text;
using System.Text.RegularExpressions;

namespace Monitor.Rules.RuleSets;

/// <summary>One pattern of a rule → a regular expression that runs in linear time, or why not.</summary>
internal static class PatternReader
{
    /// <summary>Constructs whose time cannot be bounded, as they are written.</summary>
    private static readonly string[] Unbounded = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?(", @"\k<", @"\k'"];

    /// <param name="report">Code, message, hint, position in the pattern (null: all of it), length there.</param>
    public static Regex? Read(string pattern, Action<string, string, string, int?, int> report)
    {
        if (pattern.Length > RuleCompiler.MaxPatternLength)
        {
            report(RuleDiagnosticCodes.PatternTooLong, $"A pattern has {pattern.Length} characters; at most {RuleCompiler.MaxPatternLength} are allowed.", "Split it, or list the words as keywords.", null, 1);
            return null;
        }

        Regex regex;
        try
        {
            // The text is composed, so the pattern must be. Invalid UTF-16 cannot be composed: it is left as it is.
            regex = new Regex(TryCompose(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
        }
        catch (RegexParseException fault)
        {
            report(RuleDiagnosticCodes.PatternInvalid, $"A pattern is no regular expression: {fault.Error} at character {fault.Offset}.", "Correct it; literal punctuation needs a backslash.", Math.Clamp(fault.Offset - 1, 0, Math.Max(0, pattern.Length - 1)), 1);
            return null;
        }
        catch (NotSupportedException)
        {
            (int? at, int length) = Culprit(pattern);
            report(RuleDiagnosticCodes.PatternNotLinear, "A pattern uses lookaround, a back-reference, an atomic group or a condition, or repeats too much: its time could not be bounded.", "Rewrite it without those, with smaller repeat counts, or use 'all' and 'not' over keywords.", at, length);
            return null;
        }

        if (regex.IsMatch(""))
        {
            report(RuleDiagnosticCodes.PatternMatchesEmpty, "A pattern matches the empty text, so it would be found everywhere.", "Make at least one part of it obligatory.", null, 1);
            return null;
        }

        return regex;
    }

    private static (int? At, int Length) Culprit(string pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (Array.Find(Unbounded, construct => string.CompareOrdinal(pattern, i, construct, 0, construct.Length) == 0) is { } found)
                return (i, found.Length);
            if (pattern[i] == '\\')
            {
                if (i + 1 < pattern.Length && pattern[i + 1] is >= '1' and <= '9')
                    return (i, 2);
                i++;
            }
        }

        return (null, 1);
    }

    private static string TryCompose(string pattern)
    {
        foreach (Rune rune in pattern.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
                return pattern;
        }

        return pattern.Normalize(NormalizationForm.FormC);
    }
}
