namespace Monitor.Worker.Settings.Problems;

/// <summary>Gathers problems over all files. Bounded: a hostile file cannot fill the memory with complaints.</summary>
internal sealed class ProblemSink
{
    public const int MostProblems = 1000;

    private readonly List<ConfigurationProblem> _problems = [];
    private int _dropped;
    private bool _droppedError;

    public bool HasErrors => _droppedError || _problems.Exists(problem => problem.Severity == ProblemSeverity.Error);

    public void Add(ConfigurationProblem problem)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(problem);
            return;
        }

        _dropped++;
        _droppedError |= problem.Severity == ProblemSeverity.Error;
    }

    /// <summary>In file, line, column order; a last one says how many more there were.</summary>
    public IReadOnlyList<ConfigurationProblem> Sorted()
    {
        List<ConfigurationProblem> sorted =
        [
            .. _problems
                .OrderBy(problem => problem.File, StringComparer.Ordinal)
                .ThenBy(problem => problem.Line)
                .ThenBy(problem => problem.Column)
                .ThenBy(problem => problem.Code, StringComparer.Ordinal),
        ];
        if (_dropped > 0)
        {
            sorted.Add(new ConfigurationProblem
            {
                File = ".",
                Span = SourceSpan.Start,
                Code = ProblemCodes.TooManyProblems,
                Severity = _droppedError ? ProblemSeverity.Error : ProblemSeverity.Warning,
                Message = new($"còn {_dropped} lỗi nữa không được liệt kê", $"{_dropped} further problems are not listed"),
            });
        }

        return sorted;
    }
}
