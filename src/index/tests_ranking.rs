//! How well searches answer judged queries: a floor under every change of the ranking.
//!
//! The English queries are about the project's own notes (`tests/ranking/handbook.tsv`), the others about a few notes here.
//! When a change of the notes themselves moves a figure, judge the queries again; when a change of the ranking lowers one,
//! think twice.

use std::fs;
use std::path::Path;

use crate::index::Library;
use crate::index::RankWord;
use crate::index::SearchOptions;
use crate::index::SearchQuery;
use crate::index::fixture::Book;

/// Means over all queries.
#[derive(Debug, Default)]
struct Figures {
    queries: f64,
    /// Normalised discounted cumulative gain of the first ten notes.
    ndcg: f64,
    /// The first note is an answer.
    first: f64,
    /// One of the first three is.
    first_three: f64,
}

impl Figures {
    fn count(&mut self, found: &[String], answers: &[&str]) {
        let gain = |path: &str| match answers.iter().position(|answer| *answer == path) {
            Some(0) => 3.0,
            Some(_) => 1.0,
            None => 0.0,
        };
        let sum = |gains: &mut dyn Iterator<Item = f64>| -> f64 {
            (2_u32..).zip(gains).map(|(rank, gain)| gain / f64::from(rank).log2()).sum()
        };
        self.queries += 1.0;
        self.ndcg += sum(&mut found.iter().take(10).map(|path| gain(path)))
            / sum(&mut answers.iter().map(|answer| gain(answer)));
        let is_answer = |path: &String| answers.contains(&path.as_str());
        self.first += f64::from(u8::from(found.first().is_some_and(is_answer)));
        self.first_three += f64::from(u8::from(found.iter().take(3).any(is_answer)));
    }

    #[track_caller]
    fn at_least(&self, ndcg: f64, first: f64, first_three: f64) {
        let mean = |sum: f64| sum / self.queries;
        let (a, b, c) = (mean(self.ndcg), mean(self.first), mean(self.first_three));
        assert!(a >= ndcg && b >= first && c >= first_three, "nDCG@10 {a:.4}, first {b:.3}, first three {c:.3}");
    }
}

fn search(library: &Library, query: &str) -> Vec<String> {
    let word = |word: &str| RankWord { text: word.to_owned(), ..RankWord::default() };
    let query = SearchQuery { words: query.split_whitespace().map(word).collect(), filter: None };
    let options = SearchOptions { limit: 10, ..SearchOptions::default() };
    library.search(&query, &options).unwrap().hits.into_iter().map(|hit| hit.path.to_string()).collect()
}

fn notes(folder: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let notes = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "md"));
    notes
        .filter(|file| file.file_name() != "SUMMARY.md")
        .map(|file| {
            let path = file.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (path, fs::read_to_string(file.path()).unwrap())
        })
        .collect()
}

#[test]
fn queries_on_our_own_notes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = notes(&root.join("notes"));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let library = Book::new(&files).open();
    let judged = fs::read_to_string(root.join("tests/ranking/handbook.tsv")).unwrap();
    let mut figures = Figures::default();
    for line in judged.lines().filter(|line| !line.starts_with('#')) {
        let (query, answers) = line.split_once('\t').unwrap();
        let answers: Vec<&str> = answers.split_inclusive(".md").map(str::trim).collect();
        assert!(answers.iter().all(|answer| files.iter().any(|(path, _)| path == answer)), "{line}");
        figures.count(&search(&library, query), &answers);
    }
    assert!(figures.queries >= 100.0);
    figures.at_least(0.92, 0.89, 0.96);
}

/// Four subjects in each of four languages.
const NOTES: [(&str, &str); 16] = [
    (
        "de/sicherung.md",
        "# Datensicherung\n\nJede Nacht werden die Daten auf ein zweites Laufwerk gesichert.\n\n## Wiederherstellen\n\nDie Wiederherstellung wird zweimal im Jahr geprobt, und wir messen, wie lange sie dauert.\n",
    ),
    (
        "de/strom.md",
        "# Stromverträge\n\nDer Tarif des Anbieters steigt im Januar. Die Kündigungsfrist beträgt vier Wochen.\n\n## Zählerstände\n\nAm ersten Tag des Monats wird der Zähler abgelesen.\n",
    ),
    (
        "de/garten.md",
        "# Garten im Herbst\n\nDie Häuser der Igel bleiben liegen. Sträucher werden erst im Frühling geschnitten, und das Laub bleibt auf den Beeten.\n",
    ),
    (
        "de/fahrrad.md",
        "# Fahrradwerkstatt\n\nDie Kette wird gereinigt und geölt. Bremsbeläge sind nach zwei Jahren zu ersetzen.\n",
    ),
    (
        "fr/sauvegarde.md",
        "# Sauvegardes\n\nChaque nuit, les données sont copiées sur un second disque. La restauration est essayée deux fois par an.\n",
    ),
    (
        "fr/contrat.md",
        "# Contrat d'électricité\n\nLe tarif augmente en janvier. Il faut résilier quatre semaines avant la fin, et c'est par écrit.\n",
    ),
    (
        "fr/jardin.md",
        "# Le jardin en automne\n\nOn ne taille pas les arbustes avant le printemps, et les feuilles restent sur la terre.\n",
    ),
    (
        "fr/velo.md",
        "# Réparer le vélo\n\nLa chaîne est nettoyée puis huilée. Les freins sont à changer tous les deux ans.\n",
    ),
    (
        "es/copias.md",
        "# Copias de seguridad\n\nCada noche se copian los datos en un segundo disco. La restauración se prueba dos veces al año.\n",
    ),
    (
        "es/contrato.md",
        "# Contrato de la luz\n\nLa tarifa sube en enero. Hay que cancelar cuatro semanas antes, y por escrito.\n",
    ),
    (
        "es/jardin.md",
        "# El jardín en otoño\n\nLos arbustos no se podan hasta la primavera, y las hojas se quedan en la tierra.\n",
    ),
    (
        "es/bicicleta.md",
        "# Arreglar la bicicleta\n\nLa cadena se limpia y se engrasa. Los frenos se cambian cada dos años.\n",
    ),
    ("ja/backup.md", "# バックアップ\n\n毎晩、データを別のディスクに保存する。復元は年に二回試す。\n"),
    ("ja/denki.md", "# 電気の契約\n\n一月から料金が上がる。解約は四週間前までに書面で行う。\n"),
    ("ja/niwa.md", "# 秋の庭\n\n低木は春まで剪定しない。落ち葉は土の上に残す。\n"),
    ("ja/jitensha.md", "# 自転車の修理\n\nチェーンを洗って油をさす。ブレーキは二年ごとに交換する。\n"),
];

/// What is looked for in them.
const QUERIES: [(&str, &str); 32] = [
    ("datensicherung", "de/sicherung.md"),
    ("daten wiederherstellen", "de/sicherung.md"),
    ("gesicherte Daten", "de/sicherung.md"),
    ("stromvertrag kündigen", "de/strom.md"),
    ("kuendigungsfrist anbieter", "de/strom.md"),
    ("zählerstand ablesen", "de/strom.md"),
    ("straucher schneiden", "de/garten.md"),
    ("Haus für Igel", "de/garten.md"),
    ("fahrrad", "de/fahrrad.md"),
    ("bremsbelag ersetzen", "de/fahrrad.md"),
    ("sauvegarde des données", "fr/sauvegarde.md"),
    ("restaurer", "fr/sauvegarde.md"),
    ("contrat electricite", "fr/contrat.md"),
    ("résiliation par écrit", "fr/contrat.md"),
    ("tailler un arbuste", "fr/jardin.md"),
    ("velo", "fr/velo.md"),
    ("nettoyer la chaine", "fr/velo.md"),
    ("copia de seguridad", "es/copias.md"),
    ("restaurar datos", "es/copias.md"),
    ("cancelar el contrato", "es/contrato.md"),
    ("tarifas de luz", "es/contrato.md"),
    ("podar arbusto", "es/jardin.md"),
    ("otono jardin", "es/jardin.md"),
    ("cambiar frenos", "es/bicicleta.md"),
    ("bicicletas", "es/bicicleta.md"),
    ("データ 復元", "ja/backup.md"),
    ("バックアップ", "ja/backup.md"),
    ("料金", "ja/denki.md"),
    ("電気 解約", "ja/denki.md"),
    ("落ち葉", "ja/niwa.md"),
    ("自転車", "ja/jitensha.md"),
    ("ブレーキ 交換", "ja/jitensha.md"),
];

#[test]
fn queries_in_four_languages_in_one_notebook() {
    let library = Book::new(&NOTES).open();
    let mut figures = Figures::default();
    for (query, answer) in QUERIES {
        figures.count(&search(&library, query), &[answer]);
    }
    figures.at_least(0.97, 0.93, 0.97);
}
