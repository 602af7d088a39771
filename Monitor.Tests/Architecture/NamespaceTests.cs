using System.Text.RegularExpressions;

namespace Monitor.Tests.Architecture;

public sealed partial class NamespaceTests
{
    [Theory]
    [InlineData("Monitor.Rules")]
    [InlineData("Monitor.Worker")]
    [InlineData("Monitor.Tests")]
    public void A_folder_is_a_namespace(string project)
    {
        var files = SourceTree.Files(project);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var declared = Declaration().Matches(file.Text).Select(match => match.Groups["name"].Value).ToList();
            if (declared.Count == 0)
            {
                Assert.Contains(file.Path, (string[])["Monitor.Worker/Program.cs"]);
                continue;
            }

            Assert.Equal((file.Path, file.Path[..file.Path.LastIndexOf('/')].Replace('/', '.')), (file.Path, Assert.Single(declared)));
        }
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Declaration();
}
