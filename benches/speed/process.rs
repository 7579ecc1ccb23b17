//! What a process takes, and what many runs of it come to.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Instant;

use wait4::Wait4 as _;

/// A command line, and where it runs.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) folder: PathBuf,
    /// Beside `HOME`, which is a folder of the benchmark.
    pub(crate) variables: Vec<(String, String)>,
}

/// One run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    /// User and system time of the process and all it waited for, in milliseconds.
    pub(crate) cpu: f64,
    /// In milliseconds.
    pub(crate) wall: f64,
    /// The most memory of the process, in MB.
    pub(crate) peak: f64,
}

impl Line {
    /// Runs it once. Only an exit code of 2 and more, or a signal, is a fault.
    pub(crate) fn run(&self, home: &Path) -> Sample {
        let start = Instant::now();
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.folder).env("HOME", home);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let used = child.wait4().unwrap();
        let wall = start.elapsed().as_secs_f64() * 1e3;
        assert!(used.status.code().is_some_and(|code| code < 2), "{self:?}: {}", used.status);
        let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64() * 1e3;
        Sample { cpu, wall, peak: used.rusage.maxrss as f64 / 1e6 }
    }
}

/// The middle of some runs, and how far they lie apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Summary {
    pub(crate) runs: usize,
    pub(crate) cpu: f64,
    /// Half the distance between the quartiles of the CPU time, as a share of the median.
    pub(crate) spread: f64,
    pub(crate) wall: f64,
    pub(crate) peak: f64,
}

/// Medians of all samples.
pub(crate) fn summary(samples: &[Sample]) -> Summary {
    let sorted = |of: fn(&Sample) -> f64| {
        let mut values: Vec<f64> = samples.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let at = |values: &[f64], share: f64| values.get((share * (values.len() - 1) as f64).round() as usize).copied();
    let median = |of| at(&sorted(of), 0.5).unwrap_or(f64::NAN);
    let cpu = sorted(|sample| sample.cpu);
    let (low, high) = (at(&cpu, 0.25).unwrap_or(0.0), at(&cpu, 0.75).unwrap_or(0.0));
    let middle = at(&cpu, 0.5).unwrap_or(f64::NAN);
    Summary {
        runs: samples.len(),
        cpu: middle,
        spread: (high - low) / 2.0 / middle,
        wall: median(|sample| sample.wall),
        peak: median(|sample| sample.peak),
    }
}

/// The bytes of all files below a folder, in MB; 0 where there is none.
pub(crate) fn megabytes(folder: &Path) -> f64 {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    files
        .filter_map(|entry| entry.metadata().ok())
        .filter(fs::Metadata::is_file)
        .map(|data| data.len() as f64 / 1e6)
        .sum()
}

/// A program on the path.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
