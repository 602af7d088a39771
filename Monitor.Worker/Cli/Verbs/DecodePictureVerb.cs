using System.CommandLine;
using Monitor.Worker.Media;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>What this program starts itself as to decode a rare kind of picture. Not for people.</summary>
public static class DecodePictureVerb
{
    public static Command Build(VerbSet verbs)
    {
        var format = new Argument<string>("format");
        var pixels = new Argument<long>("pixels");
        var command = verbs.Plain(MediaChild.Verb, "(nội bộ)", "(internal)", [format, pixels], (parsed, _) =>
        {
            using var output = System.Console.OpenStandardOutput();
            return Task.FromResult(verbs.Context.In is { } input ? PictureChild.Run(input, output, parsed.GetValue(format)!, parsed.GetValue(pixels)) : ExitCodes.Usage);
        });
        command.Hidden = true;
        return command;
    }
}
