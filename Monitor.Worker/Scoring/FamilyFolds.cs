using Monitor.Worker.Demo;

namespace Monitor.Worker.Scoring;

/// <summary>Which texts are held out together: whole families, of both labels in every fold.</summary>
public static class FamilyFolds
{
    /// <summary>Fold of each text, 0 … folds − 1; null when there are too few families for every fold to hold out and to learn both labels.</summary>
    public static int[]? Assign(IReadOnlyList<TrainingText> texts, int folds, int seed)
    {
        var families = texts.GroupBy(text => text.Family, StringComparer.Ordinal)
            .Select(family => (Name: family.Key, Relevant: family.Count(text => text.Relevant) * 2 > family.Count()))
            .OrderBy(family => family.Name, StringComparer.Ordinal)
            .ToList();
        var foldOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var dice = Dice.For(seed, "family-folds");
        foreach (var label in (bool[])[true, false])
        {
            var shuffled = dice.Shuffle(families.Where(family => family.Relevant == label).Select(family => family.Name));
            for (var i = 0; i < shuffled.Count; i++)
            {
                foldOf[shuffled[i]] = i % folds;
            }
        }

        var assigned = texts.Select(text => foldOf[text.Family]).ToArray();
        for (var fold = 0; fold < folds; fold++)
        {
            foreach (var label in (bool[])[true, false])
            {
                int inside = 0, outside = 0;
                for (var i = 0; i < texts.Count; i++)
                {
                    if (texts[i].Relevant == label)
                    {
                        _ = assigned[i] == fold ? inside++ : outside++;
                    }
                }

                if (inside == 0 || outside == 0)
                {
                    return null;
                }
            }
        }

        return assigned;
    }
}
