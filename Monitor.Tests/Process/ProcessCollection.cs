namespace Monitor.Tests.Process;

/// <summary>Tests that start the program as a process have the machine to themselves: they come after those that share it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessCollection
{
    public const string Name = "processes";
}
