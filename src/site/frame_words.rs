//! The words of the frame in the languages that it speaks, and how each writes a day.
//!
//! One table for pages, templates (`say.…`) and scripts (the rows below [`SCRIPTS`]). What a report says is the terminal's own English.

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// The languages of the table, in the order of its columns.
pub(crate) const LANGUAGES: [&str; 7] = ["en", "de", "fr", "es", "pt", "zh", "ja"];

/// How a day and a month are written, in the form of `chrono`. English pages write them as notes do.
const DAYS: [[&str; 2]; 7] = [
    ["%Y-%m-%d", "%Y-%m"],
    ["%d.%m.%Y", "%m.%Y"],
    ["%d/%m/%Y", "%m/%Y"],
    ["%d/%m/%Y", "%m/%Y"],
    ["%d/%m/%Y", "%m/%Y"],
    ["%Y年%-m月%-d日", "%Y年%-m月"],
    ["%Y年%-m月%-d日", "%Y年%-m月"],
];

/// A word in all languages.
type Row = (&'static str, [&'static str; 7]);

/// `{}` stands for a number or a name.
#[rustfmt::skip]
const PAGES: &[Row] = &[
    ("skip", ["Skip to the content", "Zum Inhalt", "Aller au contenu", "Ir al contenido", "Ir para o conteúdo", "跳到正文", "本文へ移動"]),
    ("site", ["Site", "Website", "Site", "Sitio", "Site", "网站", "サイト"]),
    ("around", ["Notes around this one", "Notizen ringsum", "Notes voisines", "Notas cercanas", "Notas próximas", "附近的笔记", "周辺のノート"]),
    ("all", ["all", "alle", "toutes", "todas", "todas", "全部", "すべて"]),
    ("overview", ["Overview", "Überblick", "Aperçu", "Resumen", "Resumo", "概览", "概要"]),
    ("notes", ["Notes", "Notizen", "Notes", "Notas", "Notas", "笔记", "ノート"]),
    ("tags", ["Tags", "Tags", "Étiquettes", "Etiquetas", "Etiquetas", "标签", "タグ"]),
    ("source", ["Source", "Quelle", "Source", "Fuente", "Fonte", "源代码", "ソース"]),
    ("feed", ["Feed", "Feed", "Flux", "Feed", "Feed", "订阅", "フィード"]),
    ("open", ["To do", "Zu tun", "À faire", "Tareas", "Tarefas", "待办", "やること"]),
    ("reading", ["Reading", "Lesen", "Lecture", "Lectura", "Leitura", "阅读", "読書"]),
    ("journal", ["Journal", "Tagebuch", "Journal", "Diario", "Diário", "日志", "日誌"]),
    ("meetings", ["Meetings", "Treffen", "Réunions", "Reuniones", "Reuniões", "会议", "会議"]),
    ("goals", ["Goals", "Ziele", "Objectifs", "Metas", "Metas", "目标", "目標"]),
    ("tickets", ["Tickets", "Tickets", "Tickets", "Tickets", "Tickets", "工单", "チケット"]),
    ("questions", ["Questions", "Fragen", "Questions", "Preguntas", "Perguntas", "问题", "質問"]),
    ("decisions", ["Decisions", "Entscheidungen", "Décisions", "Decisiones", "Decisões", "决定", "決定"]),
    ("graph", ["Graph", "Graph", "Graphe", "Grafo", "Grafo", "关系图", "グラフ"]),
    ("graph_of", ["All links between notes", "Alle Verweise zwischen Notizen", "Tous les liens entre les notes", "Todos los enlaces entre notas", "Todas as ligações entre notas", "笔记之间的全部链接", "ノート間のすべてのリンク"]),
    ("n_links", ["{} links", "{} Verweise", "{} liens", "{} enlaces", "{} ligações", "{} 条链接", "リンク {} 件"]),
    ("n_alone", ["{} without a link", "{} ohne Verweis", "{} sans lien", "{} sin enlaces", "{} sem ligações", "{} 篇没有链接", "リンクなし {} 件"]),
    ("best_linked", ["The best linked notes", "Die Notizen mit den meisten Verweisen", "Les notes les plus liées", "Las notas con más enlaces", "As notas com mais ligações", "链接最多的笔记", "リンクの多いノート"]),
    ("near", ["Links of this note", "Verweise dieser Notiz", "Liens de cette note", "Enlaces de esta nota", "Ligações desta nota", "本笔记的链接", "このノートのリンク"]),
    ("folders", ["Folders", "Ordner", "Dossiers", "Carpetas", "Pastas", "文件夹", "フォルダー"]),
    ("also", ["Also called", "Auch:", "Aussi :", "También:", "Também:", "又名", "別名"]),
    ("properties", ["{} properties", "{} Eigenschaften", "{} propriétés", "{} propiedades", "{} propriedades", "{} 个属性", "プロパティ {} 件"]),
    ("changed", ["changed", "geändert", "modifié", "modificado", "alterado", "修改于", "更新"]),
    ("minutes", ["{} min", "{} Min.", "{} min", "{} min", "{} min", "{} 分钟", "{} 分"]),
    ("on_this_page", ["On this page", "Auf dieser Seite", "Sur cette page", "En esta página", "Nesta página", "本页内容", "このページ"]),
    ("to_do_here", ["To do here", "Hier zu tun", "À faire ici", "Tareas de esta nota", "Tarefas desta nota", "本页待办", "このページのやること"]),
    ("n_done", ["{} done", "{} erledigt", "{} faites", "{} hechas", "{} feitas", "已完成 {} 项", "{} 件完了"]),
    ("links_here", ["Links to this note", "Verweise hierher", "Liens vers cette note", "Enlaces a esta nota", "Ligações para esta nota", "链接到本笔记", "このノートへのリンク"]),
    ("more_links", ["and {} more", "und {} weitere", "et {} de plus", "y {} más", "e mais {}", "还有 {} 条", "ほか {} 件"]),
    ("related", ["Related", "Verwandtes", "Notes proches", "Relacionado", "Relacionado", "相关笔记", "関連"]),
    ("turn", ["Previous and next", "Zurück und weiter", "Précédente et suivante", "Anterior y siguiente", "Anterior e seguinte", "上一篇和下一篇", "前と次"]),
    ("previous", ["Previous", "Zurück", "Précédente", "Anterior", "Anterior", "上一篇", "前"]),
    ("next", ["Next", "Weiter", "Suivante", "Siguiente", "Seguinte", "下一篇", "次"]),
    ("edit", ["Edit this note", "Notiz bearbeiten", "Modifier cette note", "Editar esta nota", "Editar esta nota", "编辑本笔记", "このノートを編集"]),
    ("recent", ["Recent", "Neu", "Récent", "Reciente", "Recente", "最近", "最近"]),
    ("all_by_date", ["All notes by date", "Alle Notizen nach Datum", "Toutes les notes par date", "Todas las notas por fecha", "Todas as notas por data", "按日期列出全部笔记", "すべてのノート（日付順）"]),
    ("all_by_folder", ["All notes by folder", "Alle Notizen nach Ordner", "Toutes les notes par dossier", "Todas las notas por carpeta", "Todas as notas por pasta", "按文件夹列出全部笔记", "すべてのノート（フォルダー別）"]),
    ("all_by_title", ["all notes by title", "alle Notizen nach Titel", "toutes les notes par titre", "todas las notas por título", "todas as notas por título", "按标题列出全部笔记", "すべてのノート（題名順）"]),
    ("more", ["{} more", "{} weitere", "{} de plus", "{} más", "mais {}", "还有 {} 个", "ほか {} 件"]),
    ("n_notes_one", ["{} note", "{} Notiz", "{} note", "{} nota", "{} nota", "{} 篇笔记", "ノート {} 件"]),
    ("n_notes", ["{} notes", "{} Notizen", "{} notes", "{} notas", "{} notas", "{} 篇笔记", "ノート {} 件"]),
    ("one_note", ["One note", "Eine Notiz", "Une note", "Una nota", "Uma nota", "1 篇笔记", "ノート 1 件"]),
    ("no_notes", ["There are no notes", "Es gibt keine Notizen", "Aucune note", "No hay notas", "Não há notas", "没有笔记", "ノートはありません"]),
    ("n_tags", ["{} tags", "{} Tags", "{} étiquettes", "{} etiquetas", "{} etiquetas", "{} 个标签", "タグ {} 件"]),
    ("one_tag", ["One tag", "Ein Tag", "Une étiquette", "Una etiqueta", "Uma etiqueta", "1 个标签", "タグ 1 件"]),
    ("no_tags", ["There are no tags", "Es gibt keine Tags", "Aucune étiquette", "No hay etiquetas", "Não há etiquetas", "没有标签", "タグはありません"]),
    ("no_dates", ["No note has a date", "Keine Notiz hat ein Datum", "Aucune note n’a de date", "Ninguna nota tiene fecha", "Nenhuma nota tem data", "没有带日期的笔记", "日付のあるノートはありません"]),
    ("order", ["Order", "Reihenfolge", "Ordre", "Orden", "Ordem", "排序", "並び順"]),
    ("all_notes", ["All notes", "Alle Notizen", "Toutes les notes", "Todas las notas", "Todas as notas", "全部笔记", "すべてのノート"]),
    ("by_date", ["Notes by date", "Notizen nach Datum", "Notes par date", "Notas por fecha", "Notas por data", "按日期", "日付順のノート"]),
    ("by_title", ["Notes by title", "Notizen nach Titel", "Notes par titre", "Notas por título", "Notas por título", "按标题", "題名順のノート"]),
    ("contents", ["Contents", "Inhalt", "Sommaire", "Contenido", "Sumário", "目录", "目次"]),
    ("dates", ["Dates", "Daten", "Dates", "Fechas", "Datas", "日期", "日付"]),
    ("titles", ["Titles", "Titel", "Titres", "Títulos", "Títulos", "标题", "題名"]),
    ("json", ["The same as JSON", "Dasselbe als JSON", "La même chose en JSON", "Lo mismo en JSON", "O mesmo em JSON", "同样内容的 JSON", "同じ内容の JSON"]),
    ("calendar", ["Calendar (.ics)", "Kalender (.ics)", "Calendrier (.ics)", "Calendario (.ics)", "Calendário (.ics)", "日历（.ics）", "カレンダー（.ics）"]),
    ("feeds", ["Feeds (OPML)", "Feeds (OPML)", "Flux (OPML)", "Canales (OPML)", "Feeds (OPML)", "订阅源（OPML）", "フィード（OPML）"]),
    ("not_found", ["Not found", "Nicht gefunden", "Introuvable", "No encontrado", "Não encontrado", "未找到", "見つかりません"]),
    ("no_page", ["There is no page at this address. It may have been renamed or moved.", "Unter dieser Adresse gibt es keine Seite. Vielleicht heißt sie jetzt anders.", "Il n’y a pas de page à cette adresse. Elle a peut-être été renommée ou déplacée.", "No hay ninguna página en esta dirección. Quizá haya cambiado de nombre.", "Não há página neste endereço. Talvez tenha mudado de nome.", "此地址没有页面，可能已改名或移动。", "このアドレスのページはありません。名前が変わったか、移動した可能性があります。"]),
    ("to_start", ["To the start page", "Zur Startseite", "Vers la page d’accueil", "A la página de inicio", "À página inicial", "回到首页", "トップページへ"]),
    ("state_todo", ["to do", "zu tun", "à faire", "por hacer", "por fazer", "待办", "未着手"]),
    ("state_doing", ["in progress", "in Arbeit", "en cours", "en curso", "em curso", "进行中", "進行中"]),
    ("state_on_hold", ["on hold", "ruht", "en attente", "en espera", "em espera", "暂停", "保留"]),
    ("state_done", ["done", "erledigt", "fait", "hecho", "feito", "已完成", "完了"]),
    ("state_cancelled", ["cancelled", "abgesagt", "annulé", "cancelado", "cancelado", "已取消", "中止"]),
    ("state_moved", ["moved", "verschoben", "déplacé", "movido", "movido", "已移动", "移動済み"]),
    ("state_info", ["remark", "Hinweis", "remarque", "observación", "observação", "备注", "メモ"]),
    ("due", ["due", "fällig", "échéance", "vence", "prazo", "截止", "期限"]),
    ("scheduled", ["planned for", "geplant für", "prévu pour", "previsto para", "previsto para", "计划于", "予定"]),
    ("start", ["from", "ab", "à partir du", "desde", "a partir de", "开始于", "開始"]),
    ("created", ["written", "geschrieben", "écrit", "escrito", "escrito", "创建于", "作成"]),
    ("done", ["done", "erledigt", "fait", "hecho", "feito", "完成于", "完了"]),
    ("dropped", ["dropped", "verworfen", "abandonné", "descartado", "descartado", "放弃于", "中止"]),
    ("highest", ["highest priority", "höchste Priorität", "priorité maximale", "prioridad máxima", "prioridade máxima", "最高优先级", "最優先"]),
    ("high", ["high priority", "hohe Priorität", "priorité haute", "prioridad alta", "prioridade alta", "高优先级", "優先度高"]),
    ("medium", ["medium priority", "mittlere Priorität", "priorité moyenne", "prioridad media", "prioridade média", "中优先级", "優先度中"]),
    ("low", ["low priority", "niedrige Priorität", "priorité basse", "prioridad baja", "prioridade baixa", "低优先级", "優先度低"]),
    ("lowest", ["lowest priority", "niedrigste Priorität", "priorité minimale", "prioridad mínima", "prioridade mínima", "最低优先级", "最低優先度"]),
    ("missing", ["There is no such note", "Diese Notiz gibt es nicht", "Cette note n’existe pas", "Esta nota no existe", "Esta nota não existe", "没有这篇笔记", "そのノートはありません"]),
    ("outside", ["This leads out of the notebook", "Dies führt aus den Notizen hinaus", "Ceci sort du carnet", "Esto lleva fuera del cuaderno", "Isto leva para fora do caderno", "此链接指向笔记本之外", "ノートの外へのリンクです"]),
    ("note", ["Note", "Hinweis", "Note", "Nota", "Nota", "注意", "注"]),
    ("abstract", ["Abstract", "Zusammenfassung", "Résumé", "Resumen", "Resumo", "摘要", "要約"]),
    ("info", ["Info", "Info", "Info", "Info", "Info", "信息", "情報"]),
    ("todo", ["Todo", "Zu tun", "À faire", "Pendiente", "A fazer", "待办", "やること"]),
    ("tip", ["Tip", "Tipp", "Astuce", "Consejo", "Dica", "提示", "ヒント"]),
    ("important", ["Important", "Wichtig", "Important", "Importante", "Importante", "重要", "重要"]),
    ("success", ["Success", "Gelungen", "Réussite", "Éxito", "Sucesso", "成功", "成功"]),
    ("question", ["Question", "Frage", "Question", "Pregunta", "Pergunta", "问题", "質問"]),
    ("warning", ["Warning", "Warnung", "Attention", "Advertencia", "Aviso", "警告", "警告"]),
    ("danger", ["Danger", "Gefahr", "Danger", "Peligro", "Perigo", "危险", "危険"]),
    ("caution", ["Caution", "Vorsicht", "Prudence", "Precaución", "Cuidado", "小心", "注意"]),
    ("failure", ["Failure", "Fehlschlag", "Échec", "Fallo", "Falha", "失败", "失敗"]),
    ("bug", ["Bug", "Fehler", "Bogue", "Error", "Defeito", "缺陷", "バグ"]),
    ("example", ["Example", "Beispiel", "Exemple", "Ejemplo", "Exemplo", "示例", "例"]),
    ("quote", ["Quote", "Zitat", "Citation", "Cita", "Citação", "引用", "引用"]),
];

/// What scripts say.
#[rustfmt::skip]
const SCRIPTS: &[Row] = &[
    ("search", ["Search", "Suchen", "Rechercher", "Buscar", "Pesquisar", "搜索", "検索"]),
    ("search_notes", ["Search the notes", "In den Notizen suchen", "Rechercher dans les notes", "Buscar en las notas", "Pesquisar nas notas", "搜索笔记", "ノートを検索"]),
    ("close", ["Close", "Schließen", "Fermer", "Cerrar", "Fechar", "关闭", "閉じる"]),
    ("found", ["Found", "Gefunden", "Résultats", "Resultados", "Resultados", "结果", "結果"]),
    ("hint", ["Words, or tag:name, kind:meeting, is:open.", "Wörter, oder tag:name, kind:meeting, is:open.", "Des mots, ou tag:nom, kind:meeting, is:open.", "Palabras, o tag:nombre, kind:meeting, is:open.", "Palavras, ou tag:nome, kind:meeting, is:open.", "输入词语，或 tag:名称、kind:meeting、is:open。", "単語、または tag:名前、kind:meeting、is:open。"]),
    ("one", ["1 note", "1 Notiz", "1 note", "1 nota", "1 nota", "1 篇笔记", "1 件"]),
    ("many", ["{} notes", "{} Notizen", "{} notes", "{} notas", "{} notas", "{} 篇笔记", "{} 件"]),
    ("best", ["The best {} of {}", "Die besten {} von {}", "Les {} meilleures de {}", "Las {} mejores de {}", "As {} melhores de {}", "最佳 {} 篇，共 {}", "上位 {} 件 / {}"]),
    ("nothing", ["Nothing found", "Nichts gefunden", "Rien trouvé", "Nada encontrado", "Nada encontrado", "没有找到", "見つかりません"]),
    ("with", [", with “{}” for “{}”", ", mit „{}“ statt „{}“", ", avec « {} » pour « {} »", ", con «{}» por «{}»", ", com “{}” por “{}”", "，用“{}”代替“{}”", "、「{}」（「{}」の代わり）"]),
    ("failed", ["The search could not be loaded.", "Die Suche konnte nicht geladen werden.", "La recherche n’a pas pu être chargée.", "No se pudo cargar la búsqueda.", "Não foi possível carregar a pesquisa.", "无法加载搜索。", "検索を読み込めませんでした。"]),
    ("light", ["Light colours", "Helle Farben", "Couleurs claires", "Colores claros", "Cores claras", "浅色", "明るい配色"]),
    ("dark", ["Dark colours", "Dunkle Farben", "Couleurs sombres", "Colores oscuros", "Cores escuras", "深色", "暗い配色"]),
    ("copy", ["Copy", "Kopieren", "Copier", "Copiar", "Copiar", "复制", "コピー"]),
    ("copied", ["Copied", "Kopiert", "Copié", "Copiado", "Copiado", "已复制", "コピーしました"]),
    ("all_of_it", ["all …", "alle …", "toutes …", "todas …", "todas …", "全部 …", "すべて …"]),
    ("heading_link", ["Link to this heading", "Link zu dieser Überschrift", "Lien vers ce titre", "Enlace a este título", "Ligação para este título", "此标题的链接", "この見出しへのリンク"]),
    ("keys", ["Keys", "Tasten", "Touches", "Teclas", "Teclas", "快捷键", "キー"]),
    ("key_search", ["Search", "Suchen", "Rechercher", "Buscar", "Pesquisar", "搜索", "検索"]),
    ("key_sections", ["Next and previous section", "Nächster und voriger Abschnitt", "Section suivante et précédente", "Sección siguiente y anterior", "Secção seguinte e anterior", "下一节和上一节", "次と前の節"]),
    ("key_notes", ["Previous and next note", "Vorige und nächste Notiz", "Note précédente et suivante", "Nota anterior y siguiente", "Nota anterior e seguinte", "上一篇和下一篇笔记", "前と次のノート"]),
    ("key_theme", ["Light or dark", "Hell oder dunkel", "Clair ou sombre", "Claro u oscuro", "Claro ou escuro", "浅色或深色", "明暗の切り替え"]),
    ("key_help", ["These keys", "Diese Tasten", "Ces touches", "Estas teclas", "Estas teclas", "本说明", "この一覧"]),
];

/// The words of one language.
#[derive(Debug, Clone)]
pub(crate) struct FrameWords {
    column: usize,
    pages: BTreeMap<&'static str, &'static str>,
}

impl FrameWords {
    /// The words of a language tag such as `pt-BR`; English for a language that is not in the table.
    pub(crate) fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or("").to_lowercase();
        let column = LANGUAGES.iter().position(|language| *language == primary).unwrap_or(0);
        let pages = PAGES.iter().filter_map(|(name, words)| Some((*name, *words.get(column)?))).collect();
        Self { column, pages }
    }

    /// The language that is spoken.
    pub(crate) fn language(&self) -> &'static str {
        LANGUAGES.get(self.column).copied().unwrap_or("en")
    }

    /// A word by its name.
    pub(crate) fn say(&self, name: &str) -> &'static str {
        self.pages.get(name).copied().unwrap_or("")
    }

    /// A sentence with a number in it.
    pub(crate) fn count(&self, name: &str, count: usize) -> String {
        let one = format!("{name}_one");
        let words = if count == 1 { self.pages.get(one.as_str()).copied() } else { None };
        words.unwrap_or(self.say(name)).replace("{}", &count.to_string())
    }

    /// All words of pages by their names.
    pub(crate) fn pages(&self) -> &BTreeMap<&'static str, &'static str> {
        &self.pages
    }

    /// What scripts say, by names.
    pub(crate) fn scripts(&self) -> BTreeMap<&'static str, &'static str> {
        SCRIPTS.iter().filter_map(|(name, words)| Some((*name, *words.get(self.column)?))).collect()
    }

    /// A day or month such as `2026-11-21` in the form of the language; anything else as it is.
    pub(crate) fn day(&self, written: &str) -> String {
        let Some([day, month]) = DAYS.get(self.column) else { return written.to_owned() };
        if let Ok(date) = written.parse::<NaiveDate>() {
            return date.format(day).to_string();
        }
        let first = format!("{written}-01").parse::<NaiveDate>();
        first.map_or_else(|_| written.to_owned(), |date| date.format(month).to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::site::theme::FILES;

    #[test]
    fn no_word_is_missing() {
        let mut names = BTreeSet::new();
        for (name, words) in PAGES.iter().chain(SCRIPTS) {
            assert!(names.insert(name), "{name} stands twice");
            let gaps = words[0].matches("{}").count();
            for (language, word) in LANGUAGES.iter().zip(words) {
                assert!(
                    !word.trim().is_empty() && word.matches("{}").count() == gaps,
                    "{name} in {language}: {word:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_asked_for_is_there() {
        let en = FrameWords::of("sv");
        let scripts = en.scripts();
        let mut asked = 0;
        for (file, text) in FILES {
            let (open, end) = if file.ends_with(".js") { ("say('", '\'') } else { ("{ say.", ' ') };
            for part in text.split(open).skip(1).filter(|_| !file.ends_with(".md")) {
                let name = part.split(end).next().unwrap();
                let known = if file.ends_with(".js") { scripts.contains_key(name) } else { !en.say(name).is_empty() };
                assert!(known, "{file}: {name}");
                asked += 1;
            }
        }
        assert!(asked > 50, "{asked}");
    }

    #[test]
    fn days_are_written_as_people_do() {
        for (language, day, month) in [
            ("en", "2026-11-21", "2026-11"),
            ("de-AT", "21.11.2026", "11.2026"),
            ("fr", "21/11/2026", "11/2026"),
            ("ja", "2026年11月21日", "2026年11月"),
        ] {
            let words = FrameWords::of(language);
            assert_eq!((words.day("2026-11-21").as_str(), words.day("2026-11").as_str()), (day, month), "{language}");
            assert_eq!(words.day("soon"), "soon");
        }
    }
}
